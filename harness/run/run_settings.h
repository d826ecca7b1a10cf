#pragma once

#include <functional>
#include <optional>
#include <string>

#include "harness/base/deadline.h"
#include "harness/kernel/call_filter.h"
#include "harness/run/isolation.h"
#include "harness/run/record.h"

namespace timewait {

/// Who wants to watch a cell being played is told of each step, in the process that plays it, and
/// may take its time.
struct StepWatch {
  std::function<void(const Cell& cell, std::size_t index)> before;
  std::function<void(const StepRecord& step)> after;
};

/// What a run decides for all of its cells.
struct RunSettings {
  Isolation isolation = Isolation::user_namespace;
  EvidenceLevel evidence = EvidenceLevel::failed;
  std::string programs;                               ///< the folder of the document programs
  Duration step_patience = std::chrono::seconds(10);  ///< how long a step may wait
  Duration cell_limit = std::chrono::seconds(60);     ///< after this the cell is killed
  bool has_limits = true;    ///< of memory, processes, files for what the cells run
  bool runs_foreign = true;  ///< else cells with programs that are not ours are skipped
  std::optional<StepWatch> watch{};
  std::optional<KernelMutation> mutation{};  ///< how the kernel is broken, for tests of the checks
};

}  // namespace timewait
