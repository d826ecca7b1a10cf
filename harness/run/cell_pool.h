#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/process/stop_signals.h"
#include "harness/run/cell_job.h"

namespace timewait {

/// Takes the record of job number `index`, one line of JSON.
using RecordSink = std::function<void(std::size_t index, std::string json_line)>;

/// The cells that run and repeat their attempt, and for how long the last of them may go on.
struct WaitingCells {
  int count = 0;
  Duration left{0};
};

/// Is told about once a second, and whenever a cell ended, which cells wait.
using WaitingSink = std::function<void(const WaitingCells&)>;

/// Runs the jobs, at most `parallel` at a time, each in a sandbox of its own, and hands over each
/// record as it comes. Cells that repeat their attempt start first and do not count: they wait
/// together. A cell that breaks or exceeds its limit gives a record with the verdict
/// `error`; the others go on. Once one of `stop` has come no record is handed over any more, and
/// everything that runs is ended.
void run_cells(const std::vector<CellJob>& jobs, int parallel, const RunSettings& settings,
               const RecordSink& sink, const WaitingSink& waiting = {},
               StopSignals* stop = nullptr);

}  // namespace timewait
