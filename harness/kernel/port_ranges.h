#pragma once

#include <cstdint>
#include <vector>

#include "harness/net/ephemeral_port.h"

namespace timewait {

/// What the kernel chooses ports from in the network of the caller (net.ipv4.ip_local_port_range).
/// Throws CannotRunHere where it does not tell.
PortRange ephemeral_ports();

/// The ports below those that anybody may bind and nobody has reserved
/// (net.ipv4.ip_unprivileged_port_start, net.ipv4.ip_local_reserved_ports). Throws CannotRunHere
/// where there are too few for many cells or the kernel does not tell.
std::vector<std::uint16_t> server_ports();

}  // namespace timewait
