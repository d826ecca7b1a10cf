#include <fmt/format.h>

#include <memory>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/output_format.h"
#include "harness/cli/record_folder.h"
#include "harness/run/record_json.h"

namespace timewait {
namespace {

struct ReportOptions {
  std::string directory;
  std::string format = "text";
};

/// A kept record with the verdict that it has now.
Record judged(const std::string& line) {
  Record record = read_record(line);
  judge_again(record);
  return record;
}

int report(const ReportOptions& options) {
  const RecordFolder folder(options.directory);
  const RunSummary summary = folder.summary();
  Matrix matrix;
  folder.for_each([&](const std::string& line) { matrix.add(cell_result_of(judged(line))); });
  if (matrix.counts().all() != summary.cells)
    throw BadInput(
        fmt::format("{} has {} records, but run.json speaks of {}: the run was cut short",
                    folder.records_path(), matrix.counts().all(), summary.cells));
  print_results(*kOutputFormats.find(options.format), matrix, summary, [&](const auto& take) {
    folder.for_each([&](const std::string& line) { take(to_json_line(judged(line))); });
  });
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
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &action] { action = [options] { return report(*options); }; });
}

}  // namespace timewait
