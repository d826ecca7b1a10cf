#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "harness/net/ephemeral_port.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// Where a cell is that has no network of its own: one address of the machine's loopback for
/// 127.0.0.1 and for 0.0.0.0 alike, and for each port of its script one that nobody else uses.
struct Relocation {
  Endpoint host;                                   ///< with port 0
  std::map<std::uint16_t, std::uint16_t> ports{};  ///< from that of the script
  std::set<std::uint16_t> wildcards{};  ///< ports that the script binds at 0.0.0.0, as it has them
  PortRange ephemeral = kEphemeralPorts;  ///< what the kernel of the machine chooses from

  /// True for the cell's address with one of its ports.
  bool holds(const Endpoint& endpoint) const;

  /// Where `endpoint` of the script is.
  Endpoint moved(const Endpoint& endpoint) const;

  /// What the script calls a local address of the socket table: 0.0.0.0 for the one that a wildcard
  /// stands for, unless it is that of a connection. What is none of ours stays as it is.
  Endpoint in_script(const Endpoint& endpoint, bool is_connected) const;

  /// True for what the cell has to do with: an entry with the cell's address, or on one of its
  /// ports, whoever's it is.
  bool concerns(const SocketEntry& entry) const;

  /// True for an entry on one of the cell's ports at another address than the cell's: of somebody
  /// else, who came there in spite of the cell's choice.
  bool is_of_a_stranger(const SocketEntry& entry) const;

  bool operator==(const Relocation&) const = default;
};

/// Why the cell cannot do without a network of its own, "it sets a sysctl"; empty when it can.
std::string need_of_network(const Cell& cell);

/// The ports that the script of such a cell names, and those that it binds at 0.0.0.0.
struct NamedPorts {
  std::set<std::uint16_t> all;
  std::set<std::uint16_t> wildcards;
};
NamedPorts ports_of(const Cell& cell);

/// The same cell at another place. It must have no need of a network, and `to` a port for each that
/// the cell names. Programs get their address on the command line.
Cell relocated(const Cell& cell, const Relocation& to);

}  // namespace timewait
