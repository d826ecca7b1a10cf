#pragma once

#include <string>

#include "harness/report/run_comparison.h"

namespace timewait {

/// How two runs differ as a JSON object, schema "timewait.comparison/1".
std::string comparison_json(const ComparedRun& first, const ComparedRun& second,
                            const RunComparison& comparison);

}  // namespace timewait
