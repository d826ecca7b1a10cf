#include <memory>

#include "harness/cli/commands.h"
#include "harness/cli/print_results.h"
#include "harness/cli/record_folder.h"

namespace timewait {
namespace {

struct ReportOptions {
  std::string directory;
  std::string format = "text";
};

int report(const ReportOptions& options) {
  const RecordFolder folder(options.directory);
  const RunSummary summary = folder.summary();
  Matrix matrix;
  folder.for_each([&](const Record& record) { matrix.add(cell_result_of(record)); });
  folder.expect_whole(summary, matrix.counts().all());
  print_results(options.format, {.matrix = matrix,
                                 .summary = summary,
                                 .for_each = [&](const auto& take) { folder.for_each(take); }});
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
  command->callback([options, &action] { action = [options] { return report(*options); }; });
}

}  // namespace timewait
