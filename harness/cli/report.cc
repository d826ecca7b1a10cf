#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/output_format.h"
#include "harness/run/record_json.h"

namespace timewait {
namespace {

struct ReportOptions {
  std::string directory;
  std::string format = "text";
};

std::ifstream open_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw BadInput(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  return file;
}

void for_each_line(const std::string& path, const std::function<void(const std::string&)>& take) {
  std::ifstream file = open_file(path);
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    try {
      take(line);
    } catch (const Error& error) {
      throw BadInput(fmt::format("{}:{}: {}", path, number, error.what()));
    }
  }
}

RunSummary read_summary(const std::string& path) {
  std::ostringstream text;
  text << open_file(path).rdbuf();
  try {
    return read_run_summary(text.str());
  } catch (const Error& error) {
    throw BadInput(fmt::format("{}: {}", path, error.what()));
  }
}

int report(const ReportOptions& options) {
  const std::string records = options.directory + "/records.jsonl";
  const RunSummary summary = read_summary(options.directory + "/run.json");
  Matrix matrix;
  for_each_line(records, [&](const auto& line) {
    Record record = read_record(line);
    judge_again(record);
    matrix.add(cell_result_of(record));
  });
  if (matrix.counts().all() != summary.cells)
    throw BadInput(
        fmt::format("{} has {} records, but run.json speaks of {}: the run was cut short", records,
                    matrix.counts().all(), summary.cells));
  print_results(*kOutputFormats.find(options.format), matrix, summary,
                [&](const auto& take) { for_each_line(records, take); });
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
