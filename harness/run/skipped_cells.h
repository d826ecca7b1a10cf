#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/run/machine_probe.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// Cells that cannot run on a machine, for the same reason.
struct SkippedCells {
  std::string reason;
  std::vector<std::string> cells;  ///< "SCENARIO/CELL"
};

/// The sysctls that some cell sets.
std::set<std::string> sysctls_of(const std::vector<Scenario>& scenarios);

/// The cells that `run` will skip on this rung of a machine like this, by reason; a cell with
/// several reasons stands with the first. `is_installed` says which programs that are not ours are
/// there.
std::vector<SkippedCells> skipped_cells(const std::vector<Scenario>& scenarios, Isolation rung,
                                        const MachineProbe& probe,
                                        bool (*is_installed)(const std::string& program));

}  // namespace timewait
