#pragma once

#include <sys/types.h>

#include "harness/base/unique_fd.h"

namespace timewait {

/// A child process made by clone_into(); `pidfd` becomes readable when it ended.
struct ClonedProcess {
  pid_t pid = -1;  ///< 0 in the child
  UniqueFd pidfd;  ///< empty in the child
};

/// Forks into the namespaces of `flags` (CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWPID). Returns in
/// both processes, as fork() does. Throws SystemError where the kernel refuses. Where clone3() is
/// forbidden, clone() is asked.
/// The caller must have a single thread: no atfork handler runs.
ClonedProcess clone_into(unsigned long flags);

/// Maps one user and one group of the parent to root of the caller's new user namespace. The
/// caller has to be the first process in it, and the two ids its own outside.
void become_root_of_user_namespace(uid_t outer_uid, gid_t outer_gid);

/// Maps the users and groups of the caller's own namespace to the same ones in the new user
/// namespace of its child `pid`. False, with nothing done, where the caller may not: it needs to be
/// root over its own namespace, and that must have more users than one.
bool map_all_users(pid_t pid);

/// True when `uid` is a user of the caller's user namespace.
bool has_user(uid_t uid);

/// Has the caller killed when its parent ends. `parent` is a pidfd of the parent: if it ended
/// before this call, the caller exits at once.
void die_with_parent(int parent);

}  // namespace timewait
