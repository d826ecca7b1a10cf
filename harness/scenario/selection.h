#pragma once

#include <string>
#include <vector>

#include "harness/scenario/scenario.h"

namespace timewait {

/// A cell of a scenario, both owned by somebody else.
struct SelectedCell {
  const Scenario* scenario = nullptr;
  const Cell* cell = nullptr;
};

/// The cells that `names` ask for, each "SCENARIO" or "SCENARIO/CELL", or all when there are none;
/// of those only the scenarios with `tag`, unless it is empty. Throws Error for a name that is
/// unknown, with the most similar one there is.
std::vector<SelectedCell> select_cells(const std::vector<Scenario>& scenarios,
                                       const std::vector<std::string>& names,
                                       const std::string& tag);

/// The scenario called `name`. Throws Error as select_cells() does.
const Scenario& find_scenario(const std::vector<Scenario>& scenarios, const std::string& name);

}  // namespace timewait
