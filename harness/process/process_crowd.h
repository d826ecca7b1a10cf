#pragma once

#include <cstddef>

#include "harness/process/process_tree.h"

namespace timewait {

/// How many process ids a pid namespace is given in which so many processes may be: the kernel's
/// own stop behind ProcessCrowd, which may come late on a busy machine.
constexpr std::size_t ids_for_crowd(std::size_t most) { return 2 * most; }

/// Bounds how many processes and threads there are in a pid namespace whose first process is the
/// caller: no limit of the kernel does that for root. Where the caller is not the first process, or
/// the kernel does not tell of forks, it does nothing.
class ProcessCrowd {
 public:
  explicit ProcessCrowd(std::size_t most);

  /// Throws Error when there are as many as there may be, after it has killed all but the caller.
  /// Most calls cost one read of /proc/sys/kernel/ns_last_pid.
  void check();

 private:
  std::size_t most_;
  NewestPid newest_pid_;
  pid_t last_seen_ = 0;
  pid_t highest_;         ///< may be taken: numbers may begin anew while nobody looks
  std::size_t count_at_;  ///< nothing to count as long as the newest pid is below this
};

}  // namespace timewait
