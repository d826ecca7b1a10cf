#include "harness/cli/output_style.h"

#include <unistd.h>

#include <filesystem>

#include "harness/scenario/claim_reader.h"
#include "harness/scenario/scenario_reader.h"
#include "harness/scenario/translation_reader.h"

namespace timewait {
namespace {

std::vector<Claim> claims_of(const std::string& folder, const std::vector<Scenario>& scenarios) {
  const std::string path = folder + "/" + kClaimsFile;
  if (!std::filesystem::exists(path)) return {};
  return read_claims(SourceText::of_file(path), scenarios);
}

}  // namespace

std::string default_language() { return std::string(kLanguages.name(language_of_environment())); }

void add_language_option(CLI::App& command, std::string& language) {
  command
      .add_option("--lang", language,
                  "language of what people read: en or zh (default: that of the environment)")
      ->type_name("LANGUAGE")
      ->check(CLI::IsMember(kLanguages.name_list()));
}

Translation load_translation(const Locations& locations, Language language) {
  const std::string path = locations.scenarios + "/" + kChineseFile;
  if (language != Language::zh || !std::filesystem::exists(path)) return {};
  const std::vector<Scenario> scenarios = read_scenario_folder(locations.scenarios);
  return read_translation(SourceText::of_file(path), scenarios,
                          claims_of(locations.scenarios, scenarios));
}

OutputStyle::OutputStyle(const std::string& language, const Locations& locations)
    : translation_(load_translation(locations, *kLanguages.find(language))),
      style_(text_style_of(STDOUT_FILENO)) {
  style_.language = *kLanguages.find(language);
  style_.translation = &translation_;
}

}  // namespace timewait
