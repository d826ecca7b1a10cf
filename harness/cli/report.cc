#include <memory>

#include "harness/cli/commands.h"
#include "harness/cli/output_style.h"
#include "harness/cli/page_output.h"
#include "harness/cli/print_results.h"
#include "harness/cli/record_folder.h"

namespace timewait {
namespace {

struct ReportOptions {
  Locations locations = default_locations();
  std::string directory;
  std::string format = "text";
  std::string html;
  std::string language = default_language();
};

int report(const ReportOptions& options) {
  const auto date = source_date();
  const RecordFolder folder(options.directory);
  const RunSummary summary = folder.summary();
  const PageOutput page(options.html, options.locations);
  Matrix matrix;
  folder.for_each([&](const Record& record) { matrix.add(cell_result_of(record)); });
  folder.expect_whole(summary, matrix.counts().all());
  const OutputStyle style(options.language, options.locations);
  const RunResults results{.matrix = matrix,
                           .summary = summary,
                           .for_each = [&](const auto& take) { folder.for_each(take); },
                           .date = date};
  print_results(options.format, results, style.text());
  page.write(results);
  return matrix.exit_code();
}

}  // namespace

void add_report_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = app.add_subcommand("report", "print the kept records of a run again");
  command->add_option("dir", options->directory, "the folder that `run --out` wrote")
      ->type_name("DIR")
      ->required();
  command->add_option("--format", options->format, "what is printed")
      ->check(CLI::IsMember(exporter_names()))
      ->capture_default_str();
  add_page_option(*command, options->html);
  command->add_option("--scenarios", options->locations.scenarios, "folder of the scenario files")
      ->type_name("DIR");
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return report(*options); }; });
}

}  // namespace timewait
