#pragma once

#include <cstdint>
#include <vector>

#include "harness/net/option_set.h"

namespace timewait {

/// What another process knows of a socket.
struct SocketLook {
  enum class Held { yes, no, unknown };
  Held held = Held::unknown;             ///< unknown: the kernel does not let us look
  OptionSet options = OptionSet::plain;  ///< what is really set, when held
};

/// Looks for the socket with `cookie`, as in SocketEntry, among the first 256 descriptors of the
/// process of `pidfd`. Each descriptor is borrowed with pidfd_getfd() and given back at once; a
/// socket that its process closes in that moment is closed when we give it back.
SocketLook look_at_socket(int pidfd, std::uint64_t cookie);

/// A socket that another process holds.
struct HeldSocket {
  std::uint64_t cookie = 0;
  OptionSet options = OptionSet::plain;
};

/// All sockets among the descriptors of the process of `pidfd`, until a gap of 32 numbers. To be
/// used only while the process cannot close one: see look_at_socket().
std::vector<HeldSocket> sockets_of(int pidfd);

/// The identity of a socket of ours, as SocketEntry has it. Throws SystemError.
std::uint64_t cookie_of(int fd);

}  // namespace timewait
