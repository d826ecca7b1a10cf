#pragma once

#include "harness/net/endpoint.h"

namespace timewait {

/// Whether sockets bound to these two addresses are in each other's way on one port, as far as the
/// addresses tell: equal ones are, and a wildcard is with every address that it stands for, 0.0.0.0
/// with the IPv4 ones and [::] with all. IPv4 addresses mapped into IPv6 count as IPv4; ports are
/// not looked at. After inet_rcv_saddr_equal() in net/ipv4/inet_connection_sock.c, for sockets
/// without IPV6_V6ONLY.
bool addresses_overlap(const Endpoint& one, const Endpoint& other);

}  // namespace timewait
