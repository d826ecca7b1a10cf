#include <fmt/format.h>

#include <memory>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"
#include "harness/cli/record_folder.h"
#include "harness/report/ledger_json.h"
#include "harness/report/ledger_text.h"
#include "harness/scenario/claim_reader.h"

namespace timewait {
namespace {

struct ClaimsOptions {
  Locations locations = default_locations();
  std::vector<std::string> folders{"results/run/latest"};
  std::string format = "text";
  std::string language = default_language();
};

/// The kernel that all folders speak of: a verdict is about one.
std::string common_kernel(const std::vector<std::string>& folders) {
  std::string kernel;
  for (const std::string& folder : folders) {
    const std::string own = RecordFolder(folder).summary().kernel;
    if (!kernel.empty() && own != kernel)
      throw BadInput(fmt::format("{} is about Linux {}, {} about Linux {}: judge them one by one",
                                 folders.front(), kernel, folder, own));
    kernel = own;
  }
  return kernel;
}

void add_records(ClaimLedger& ledger, const std::string& folder) {
  RecordFolder(folder).for_each([&](const Record& record) { ledger.add(record); });
}

std::vector<Claim> claims_of(const Locations& locations) {
  std::vector<std::string> all;
  const std::vector<Scenario> scenarios = load_scenarios(locations, all);
  return read_claims(SourceText::of_file(locations.scenarios + "/" + kClaimsFile), scenarios);
}

int claims(const ClaimsOptions& options) {
  const bool is_text = options.format == "text";
  const OutputStyle style(is_text ? options.language : "en", options.locations);
  std::vector<Claim> claims = claims_of(options.locations);
  for (Claim& claim : claims) claim = style.translation().translated(std::move(claim));
  const LedgerSource source{.kernel = common_kernel(options.folders), .folders = options.folders};
  ClaimLedger ledger(claims);
  for (const std::string& folder : options.folders) add_records(ledger, folder);
  const std::vector<LedgerEntry> entries = ledger.entries();
  fmt::print("{}",
             is_text ? ledger_text(entries, source, style.text()) : ledger_json(entries, source));
  return exit_code_of(entries);
}

}  // namespace

void add_claims_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ClaimsOptions>();
  CLI::App* command =
      app.add_subcommand("claims", "judge what people say about TIME_WAIT by the records of runs");
  command->add_option("dir", options->folders, "folders that `run --out` wrote")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--format", options->format, "what is printed")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command
      ->add_option("--scenarios", options->locations.scenarios,
                   "folder of the scenario files and of claims.toml")
      ->type_name("DIR");
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return claims(*options); }; });
}

}  // namespace timewait
