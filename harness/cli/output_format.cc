#include "harness/cli/output_format.h"

#include <fmt/format.h>
#include <unistd.h>

#include "harness/report/text_report.h"

namespace timewait {
namespace {

void print_json(const Matrix& matrix, const RunSummary& summary,
                const ForEachRecord& for_each_record) {
  fmt::print("{{\"run\": {}, \"records\": [", to_json(summary, totals_of(matrix)));
  const char* between = "\n";
  for_each_record([&](const std::string& record) {
    fmt::print("{}{}", between, record);
    between = ",\n";
  });
  fmt::print("\n]}}\n");
}

}  // namespace

void print_results(OutputFormat format, const Matrix& matrix, const RunSummary& summary,
                   const ForEachRecord& for_each_record) {
  switch (format) {
    case OutputFormat::text:
      fmt::print("{}", text_report(matrix, summary, text_style_of(STDOUT_FILENO)));
      return;
    case OutputFormat::json:
      return print_json(matrix, summary, for_each_record);
  }
}

std::map<std::string, int> totals_of(const Matrix& matrix) {
  std::map<std::string, int> totals;
  for (const auto& [verdict, name] : kVerdicts.rows())
    totals[std::string(name)] = matrix.counts().of(verdict);
  return totals;
}

}  // namespace timewait
