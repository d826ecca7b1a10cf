#pragma once

#include <string>

#include "harness/report/run_comparison.h"

namespace timewait {

/// How two runs differ in Markdown, for a comment on a change or a summary page.
std::string comparison_markdown(const ComparedRun& first, const ComparedRun& second,
                                const RunComparison& comparison);

}  // namespace timewait
