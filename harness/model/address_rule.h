#pragma once

#include "harness/model/rule.h"
#include "harness/net/endpoint.h"

namespace timewait {

/// What a socket's local address is to bind(): as it was bound, or of its connection.
struct LocalAddress {
  Endpoint at;          ///< an IPv4 address may be a mapped one; the port is not looked at
  bool v6only = false;  ///< the socket never gets IPv4 segments
};

/// Whether the address of a socket that asks for a port is in the way of one that has it. After
/// inet_rcv_saddr_equal() and inet_bind2_bucket_match_addr_any() in net/ipv4.
bool is_in_the_way(RuleBook& rules, const LocalAddress& asks, const LocalAddress& has);

/// True for an IPv4 address, also where it is mapped into IPv6.
bool is_ipv4(const Endpoint& address);

/// True for the address alone, whatever the ports; a mapped address is the IPv4 one.
bool is_same_address(const Endpoint& one, const Endpoint& other);

}  // namespace timewait
