#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "harness/cli/run_arguments.h"
#include "harness/run/cell_pool.h"
#include "harness/run/run_plan.h"
#include "harness/scenario/selection.h"

namespace timewait {

/// What a run will do, all of it: nothing that it needs is asked of the machine any more.
struct RunSetup {
  std::vector<Scenario> scenarios;
  std::vector<SelectedCell> cells;  ///< of `scenarios`
  RunSettings settings;
  RunPlan plan;

  /// A job for each record of the run, in the order in which records stand at the end.
  std::vector<CellJob> jobs(int repeat) const;
};

/// Prepares what `options` ask for, of which `shard` is the part that is to be run. `arguments` are
/// those that the options came from. Throws CannotRunHere on a machine where no cell can run.
RunSetup set_up_run(const RunOptions& options, const std::optional<Shard>& shard,
                    RunArguments arguments);

/// Throws BadInput with the first thing that is not as it was when the run in `directory` was
/// begun: a run is about one kernel, and about one set of cells.
void check_same_run(const std::string& directory, const RunPlan& then, const RunPlan& now);

}  // namespace timewait
