#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/scenario/selection.h"

namespace timewait {

/// The scenarios of `cells`, each with a digest of what decides how its cells go and are judged:
/// its script, and the names and expectations of those cells in their order. Comments of the script
/// count, tags and the lesson do not.
std::map<std::string, std::string> scenario_digests(const std::vector<SelectedCell>& cells);

}  // namespace timewait
