#pragma once

#include <string>

#include "harness/report/matrix.h"
#include "harness/report/text_style.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// The matrices of a run for a terminal: grouped by theme, every cell its outcome with a mark for
/// its verdict, then the reason for each cell that did not pass, totals and what it ran on.
std::string text_report(const Matrix& matrix, const RunSummary& summary, const TextStyle& style);

}  // namespace timewait
