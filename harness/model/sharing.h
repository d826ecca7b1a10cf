#pragma once

#include "harness/model/world.h"

namespace timewait {

/// How much sockets may share: all that the options allow where a port was asked for; less where
/// the kernel chooses one (the arguments of inet_csk_bind_conflict()).
struct Sharing {
  bool reuseaddr = true;  ///< `relax`
  bool reuseport = true;  ///< `reuseport_ok`
};

/// Who of those that have the port is in the way of `asks`, and by which rule; nothing when nobody
/// is. After inet_bind_conflict() for TCP, udp_lib_lport_inuse() for UDP.
std::optional<Conflict> find_conflict(World& world, const ModelSocket& asks, std::uint16_t port,
                                      const Sharing& sharing);

}  // namespace timewait
