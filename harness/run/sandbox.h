#pragma once

#include <functional>
#include <string>

#include "harness/base/deadline.h"
#include "harness/base/unique_fd.h"
#include "harness/process/exit_state.h"
#include "harness/run/isolation.h"

namespace timewait {

/// The first process of a fresh sandbox, and through it everything in the sandbox: its own
/// loopback, port space, sysctls and process tree. All of it ends when that process ends, when this
/// object goes, and when the process that made it is killed. On the lowest rung, which has no
/// namespaces, it is a guard that ends what the cell leaves (run/guard.h).
class Sandbox {
 public:
  /// Runs `body` as the first process of a new sandbox with the loopback up. What it returns can be
  /// read from output(). Of an exception that leaves `body` that is the text, and the exit status
  /// is 125.
  Sandbox(Isolation isolation, const std::function<std::string()>& body);
  Sandbox(Sandbox&&) noexcept = default;
  Sandbox& operator=(Sandbox&&) = delete;
  ~Sandbox();

  /// Non-blocking; at its end when `body` has returned, some time before the sandbox has gone.
  int output() const { return output_.get(); }

  /// Adds what there is to read from output(), without waiting; true at its end.
  bool drain(std::string& text) const;

  /// Readable when the first process has ended, and with it everything in the sandbox.
  int pidfd() const { return pidfd_.get(); }

  /// Ends everything in the sandbox at once.
  void kill();

  /// Waits for the end of the first process.
  ExitState wait();

 private:
  int end_signal_;  ///< SIGTERM for a guard, which ends what no pid namespace would
  UniqueFd pidfd_;
  UniqueFd output_;
};

}  // namespace timewait
