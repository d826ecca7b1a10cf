#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/unique_fd.h"
#include "harness/process/exit_state.h"
#include "harness/process/process_limits.h"

namespace timewait {

/// A process that an actor forked and left to us, and how it ended.
struct EndedOrphan {
  pid_t pid = -1;
  ExitState end;
};

/// A program running as our child, in a process group of its own, its three standard streams
/// connected to us by pipes. A child that still runs when this object goes is killed with its group
/// and reaped.
class ChildProcess {
 public:
  /// Starts `arguments[0]`, a path to an executable file, with the rest as its arguments. No shell
  /// is involved and no other descriptor inherited. Throws Error when it cannot be started.
  explicit ChildProcess(const std::vector<std::string>& arguments,
                        const ProcessLimits& limits = {});
  ChildProcess(ChildProcess&&) noexcept = default;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();

  pid_t pid() const { return pid_; }

  /// Readable once the process ended.
  int pidfd() const { return pidfd_.get(); }

  /// Our ends of the pipes, non-blocking. The caller may take them.
  UniqueFd& input() { return input_; }
  UniqueFd& output() { return output_; }
  UniqueFd& errors() { return errors_; }

  /// Asks the kernel what became of the process since the last look, without waiting.
  void refresh();

  /// As of the last refresh().
  const std::optional<ExitState>& exit_state() const { return exit_state_; }

  /// How children of this process ended that it left to us, as of the last refresh(). Only the
  /// first process of a pid namespace inherits such orphans, and only those that stayed in the
  /// group.
  const std::vector<EndedOrphan>& orphans() const { return orphans_; }

  bool is_stopped() const { return stopped_by_ != 0; }

  /// The signal that has stopped it; 0 while it runs.
  int stopped_by() const { return stopped_by_; }

  /// The most memory that it ever had, in bytes; 0 as long as it has not ended.
  std::uint64_t peak_memory() const { return peak_memory_; }

  /// Sends a signal to the process, or to its whole group. A process that has ended gets nothing.
  void signal(int number);
  void signal_group(int number);

 private:
  bool take_event(idtype_t type, id_t id);

  pid_t pid_ = -1;
  UniqueFd pidfd_;
  UniqueFd input_, output_, errors_;
  std::optional<ExitState> exit_state_;
  std::vector<EndedOrphan> orphans_;
  int stopped_by_ = 0;
  std::uint64_t peak_memory_ = 0;
};

/// The file that a program's name stands for: a path as it is, any other word looked up in `PATH`.
/// Nothing when there is no such executable file.
std::optional<std::string> find_program(const std::string& name);

}  // namespace timewait
