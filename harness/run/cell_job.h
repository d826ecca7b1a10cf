#pragma once

#include <string>

#include "harness/run/cell_run.h"
#include "harness/run/start_signal.h"

namespace timewait {

/// A cell that is to be run.
struct CellJob {
  const Scenario* scenario = nullptr;
  const Cell* cell = nullptr;
};

/// The life of a cell, as the first process of its sandbox: prepares all that takes time, opens
/// `source` if the cell wants it, waits for `start` and runs. Returns the record, one line of JSON.
/// `source` is the caller's: to close it takes time that nobody needs to wait for.
std::string play(const CellJob& job, const RunSettings& settings, const StartSignal& start,
                 CaptureSource& source);

/// The record of a cell that could not write one itself, with the verdict `error`.
std::string broken_record(const CellJob& job, const RunSettings& settings,
                          const std::string& reason);

}  // namespace timewait
