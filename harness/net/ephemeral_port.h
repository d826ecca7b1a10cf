#pragma once

namespace timewait {

/// The ports from `first` to `last`, both included.
struct PortRange {
  int first = 0;
  int last = 0;

  constexpr bool contains(int port) const { return port >= first && port <= last; }
  bool operator==(const PortRange&) const = default;
};

/// The lowest that needs no right, as net.ipv4.ip_unprivileged_port_start is unless it was changed.
inline constexpr int kFirstUnprivilegedPort = 1024;

/// The ports that the kernel chooses from, as net.ipv4.ip_local_port_range is unless it was
/// changed.
inline constexpr PortRange kEphemeralPorts{.first = 32768, .last = 60999};

}  // namespace timewait
