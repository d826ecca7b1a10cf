#pragma once

#include "harness/scenario/scenario.h"

namespace timewait {

/// Tells a scenario as `list`, `show` and `explain` do, with at most its first four cells.
void tell_cells(const Scenario& scenario);

/// Some scenarios for what names them: two that vary something, one that does not, a slow one.
const std::vector<Scenario>& known_scenarios();

}  // namespace timewait
