#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/scenario.h"

namespace timewait {

/// A cell of a scenario, both owned by somebody else.
struct SelectedCell {
  const Scenario* scenario = nullptr;
  const Cell* cell = nullptr;
};

/// The tag by which a scenario is left out until somebody asks for it, "slow" or "slowest"; empty
/// for all others.
std::string_view slow_tag(const Scenario& scenario);

/// The cells that `names` ask for, each "SCENARIO" or "SCENARIO/CELL", or all that are not slow
/// when there are neither names nor a tag; of those only the scenarios with `tag`, unless it is
/// empty. Throws Error for a name that is unknown, with the most similar one there is.
std::vector<SelectedCell> select_cells(const std::vector<Scenario>& scenarios,
                                       const std::vector<std::string>& names,
                                       const std::string& tag);

/// How many cells select_cells() leaves out because they are slow, by the tag that runs them.
std::map<std::string, int> left_out_cells(const std::vector<Scenario>& scenarios,
                                          const std::vector<std::string>& names,
                                          const std::string& tag);

/// The scenario called `name`. Throws Error as select_cells() does.
const Scenario& find_scenario(const std::vector<Scenario>& scenarios, const std::string& name);

}  // namespace timewait
