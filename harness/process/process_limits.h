#pragma once

#include <sys/resource.h>

#include <vector>

namespace timewait {

/// The most that each process of a program may have of one thing, and each that it forks.
struct ProcessLimit {
  int resource = 0;  ///< RLIMIT_NOFILE and the like
  rlim_t most = 0;
  rlim_t usual = most;  ///< up to which it gets without asking for more
};
using ProcessLimits = std::vector<ProcessLimit>;

/// Sets the limits for the calling process; none becomes higher than it is. May be called between
/// fork() and exec().
void take_on(const ProcessLimits& limits);

}  // namespace timewait
