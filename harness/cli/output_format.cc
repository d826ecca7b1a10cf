#include "harness/cli/output_format.h"

#include <unistd.h>

#include <iostream>

#include "harness/report/text_report.h"

namespace timewait {
namespace {

void print_json(const Matrix& matrix, const RunSummary& summary,
                const ForEachRecord& for_each_record) {
  std::cout << "{\"run\": " << to_json(summary, totals_of(matrix)) << ", \"records\": [";
  const char* between = "\n";
  for_each_record([&](const std::string& record) {
    std::cout << between << record;
    between = ",\n";
  });
  std::cout << "\n]}\n";
}

}  // namespace

void print_results(OutputFormat format, const Matrix& matrix, const RunSummary& summary,
                   const ForEachRecord& for_each_record) {
  switch (format) {
    case OutputFormat::text:
      std::cout << text_report(matrix, summary, text_style_of(STDOUT_FILENO));
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
