#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "harness/process/child_process.h"
#include "harness/process/process_limits.h"
#include "harness/run/run_settings.h"

namespace timewait {

/// What the programs of a cell may use of the machine.
struct CellLimits {
  ProcessLimits of_process;
  std::size_t processes = std::numeric_limits<std::size_t>::max();  ///< and threads, of all
};

/// The limits of each cell of a run; none with --no-limits.
CellLimits limits_of_cell(const RunSettings& settings);

/// Has the cell's first process, the caller, keep its programs off what is not theirs: the terminal
/// that the harness was started from, and the memory and descriptors of the process itself, in
/// which the record is made. Where memory runs out, the kernel will end a cell rather than anybody
/// else.
void shield_first_process(const RunSettings& settings);

/// Of a program that has ended: the limit that probably was why, "a file of it reached the limit of
/// 64 MiB". Empty when there is no sign of one.
std::string limit_reached_by(const ChildProcess& process);

}  // namespace timewait
