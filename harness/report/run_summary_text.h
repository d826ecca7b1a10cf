#pragma once

#include <string>

#include "harness/report/matrix.h"
#include "harness/report/text_style.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// What stands below the matrices of a run: how many cells have each verdict, what was left out,
/// what it ran on, and a legend.
std::string run_summary_text(const Matrix& matrix, const RunSummary& summary,
                             const TextStyle& style);

}  // namespace timewait
