#pragma once

#include <poll.h>

#include <cstddef>
#include <string>

#include "harness/base/deadline.h"
#include "harness/run/sandbox.h"
#include "harness/run/start_signal.h"

namespace timewait {

/// The end of a record. What does not end so was cut short, or is what a broken cell said last.
inline constexpr char kEndOfRecord = '\n';

/// A cell in its sandbox, seen from outside: prepared, then running.
struct SandboxedCell {
  std::size_t index;  ///< of its job
  StartSignal start;
  Sandbox sandbox;
  Deadline deadline;     ///< of the preparation, then of the cell
  Deadline wait_end;     ///< when its attempt has been repeated for the longest
  std::string output{};  ///< what it has written so far
  bool over_limit = false;

  /// Takes what the cell has written; true when it has written all it ever will.
  bool drain() { return sandbox.drain(output); }

  /// True when a prepared cell waits for its start, or will never: then it must be started to find
  /// out why.
  bool may_start() const;
};

/// What to poll for when `fd` is to be read.
inline pollfd readable(int fd) { return {.fd = fd, .events = POLLIN, .revents = 0}; }

/// True when everything in the sandbox has ended.
bool has_ended(const Sandbox& sandbox);

}  // namespace timewait
