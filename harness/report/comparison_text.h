#pragma once

#include <string>

#include "harness/report/run_comparison.h"
#include "harness/report/text_style.h"

namespace timewait {

/// How two runs differ, for a terminal: what they ran on, the cells, and a line that sums it up.
std::string comparison_text(const ComparedRun& first, const ComparedRun& second,
                            const RunComparison& comparison, const TextStyle& style);

}  // namespace timewait
