#pragma once

#include <cstdint>
#include <optional>

#include "harness/net/option_set.h"

namespace timewait {

/// The options that a socket of another process really has. `pidfd` names the process and `cookie`
/// the socket, as in SocketEntry. The descriptor is borrowed with pidfd_getfd() and given back
/// before this returns, so nothing is closed later than it would have been. Nothing when the
/// process holds no such socket among its first descriptors or the kernel does not let us look.
std::optional<OptionSet> options_of(int pidfd, std::uint64_t cookie);

}  // namespace timewait
