#pragma once

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

namespace timewait {

/// For tests: whether this process may make user namespaces. A chroot, a container or a sysctl may
/// forbid it; what needs one is then skipped.
inline bool may_make_user_namespaces() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::unshare(CLONE_NEWUSER) == 0 ? 0 : 1);
  int status = 1;
  return ::waitpid(child, &status, 0) == child && status == 0;
}

}  // namespace timewait
