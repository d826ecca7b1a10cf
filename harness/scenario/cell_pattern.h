#pragma once

#include <string>
#include <vector>

#include "harness/scenario/selection.h"

namespace timewait {

/// The cells that `pattern` names: "SCENARIO/first=plain|reuseaddr,rebind=*" is the name of a cell
/// in which `*` stands for every value and `|` for "or". All variations must be named, in their
/// order, so that none is forgotten. Throws BadInput for a name or a value that there is not.
std::vector<SelectedCell> cells_matching(const std::vector<Scenario>& scenarios,
                                         const std::string& pattern);

}  // namespace timewait
