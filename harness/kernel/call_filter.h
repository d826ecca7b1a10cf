#pragma once

#include <string_view>

#include "harness/base/enum_table.h"

namespace timewait {

/// A way to break the kernel for a sandbox: one call, or one option of setsockopt(), says 0 and
/// does nothing.
enum class KernelMutation {
  no_reuseaddr,
  no_reuseport,
  no_linger,
  no_keepalive,
  no_broadcast,
  no_shutdown,
};

inline constexpr auto kKernelMutations = enum_table<KernelMutation>({
    {KernelMutation::no_reuseaddr, "no-reuseaddr"},
    {KernelMutation::no_reuseport, "no-reuseport"},
    {KernelMutation::no_linger, "no-linger"},
    {KernelMutation::no_keepalive, "no-keepalive"},
    {KernelMutation::no_broadcast, "no-broadcast"},
    {KernelMutation::no_shutdown, "no-shutdown"},
});

/// What does nothing: the name of an option, "SO_REUSEADDR", or of a call, "shutdown".
std::string_view ignored_by(KernelMutation mutation);

/// Breaks the kernel in this way for the calling process and all that it starts from now on: a
/// seccomp filter, which nobody can take off again. Throws CannotRunHere where the kernel refuses
/// filters.
void install_call_filter(KernelMutation mutation);

}  // namespace timewait
