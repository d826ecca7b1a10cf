#pragma once

namespace timewait {

/// True for a port that the kernel may choose, as net.ipv4.ip_local_port_range is unless it was
/// changed.
constexpr bool is_ephemeral(int port) { return port >= 32768 && port <= 60999; }

}  // namespace timewait
