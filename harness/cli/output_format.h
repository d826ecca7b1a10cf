#pragma once

#include <functional>
#include <string>

#include "harness/base/enum_table.h"
#include "harness/report/matrix.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// What `run` and `report` print on standard output.
enum class OutputFormat { text, json };

inline constexpr auto kOutputFormats = enum_table<OutputFormat>({
    {OutputFormat::text, "text"},
    {OutputFormat::json, "json"},
});

/// Calls its argument for each record of a run, in order.
using ForEachRecord = std::function<void(const std::function<void(const std::string&)>&)>;

/// Prints a run: as the matrix, or as a JSON object with `run` and `records`.
void print_results(OutputFormat format, const Matrix& matrix, const RunSummary& summary,
                   const ForEachRecord& for_each_record);

/// Verdict -> how many, for run.json.
std::map<std::string, int> totals_of(const Matrix& matrix);

}  // namespace timewait
