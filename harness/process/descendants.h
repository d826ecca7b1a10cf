#pragma once

#include <sys/types.h>

#include <optional>

namespace timewait {

/// The parent of a process, as /proc tells; nothing when there is no such process.
std::optional<pid_t> parent_of(pid_t pid);

/// True where the processes below the caller can be found: /proc is there and counts processes as
/// the caller does.
bool can_find_descendants();

/// Kills all processes below the caller and reaps them, also those that left their group, their
/// session or their parent. The caller must be a child subreaper, so that what loses its parent
/// becomes its child. Returns when nothing is left, nothing can be found any more, or
/// what is there does not end within some seconds.
void end_descendants();

}  // namespace timewait
