#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/unique_fd.h"

namespace timewait {

/// True for the first process of a pid namespace: its end is the end of all in it.
bool is_first_process();

/// The newest process id of the pid namespace of the caller: grows with each fork. Asking costs one
/// read of /proc/sys/kernel/ns_last_pid.
class NewestPid {
 public:
  NewestPid();

  /// Nothing where the kernel does not tell.
  std::optional<pid_t> read() const;

 private:
  UniqueFd file_;
};

/// A process looked at from outside, through the /proc that is mounted, of whatever pid namespace
/// that is.
class ProcessView {
 public:
  /// `pidfd` must stay open.
  explicit ProcessView(int pidfd);

  /// What the process runs: its name, and a number that another exec() makes another one (the
  /// address of the new stack, /proc/PID/stat field 28). Nothing while it executes another one,
  /// when it has ended, or when the kernel does not tell.
  struct Image {
    std::string name;
    std::string stack;
    bool operator==(const Image&) const = default;
  };
  std::optional<Image> image() const;

  /// The inodes of the sockets that the process has open.
  std::vector<std::uint32_t> sockets() const;

 private:
  std::string folder_;  ///< "/proc/4711"; empty when it cannot be found
};

}  // namespace timewait
