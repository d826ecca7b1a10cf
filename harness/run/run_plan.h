#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/run/run_summary.h"

namespace timewait {

/// What a run was asked to do: `plan.json`, written before its first cell so that a run which was
/// stopped, killed or lost its machine can be gone on with.
struct RunPlan {
  RunSummary run;                                ///< as much as is known at the start
  int cells = 0;                                 ///< how many records the whole run has
  std::map<std::string, std::string> scenarios;  ///< scenario_digests() of its cells
  std::map<std::string, std::vector<std::string>> arguments;  ///< option -> its values
};

/// Schema "timewait.plan/1".
std::string to_json(const RunPlan& plan);

/// Throws BadInput for a text that is no plan.json.
RunPlan read_run_plan(const std::string& json);

}  // namespace timewait
