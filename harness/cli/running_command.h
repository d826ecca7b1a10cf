#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/cli/timewait_command.h"
#include "harness/process/child_process.h"

namespace timewait {

/// A command that runs beside a test, which may send it signals; killed when it has not ended after
/// a minute, or with this object.
class RunningCommand {
 public:
  /// Starts it, in English whatever the environment asks for.
  explicit RunningCommand(const std::vector<std::string>& command);

  /// Waits until `condition` holds, or the command has ended. Throws Error after a minute.
  void wait_until(const std::function<bool()>& condition);

  /// Reads what it prints until it has ended.
  CommandResult result();

  ChildProcess& process() { return *process_; }

 private:
  std::string name_;
  Deadline deadline_;
  std::optional<ChildProcess> process_;
};

}  // namespace timewait
