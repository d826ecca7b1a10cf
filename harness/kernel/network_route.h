#pragma once

#include "harness/net/endpoint.h"

namespace timewait {

/// Makes a route in the network namespace of the caller: what is sent to the one address
/// `destination` goes to the router `gateway`, which the kernel looks for on the loopback without
/// asking whether it is there. Both are IPv4 addresses, the ports mean nothing. Nothing ever
/// answers. The route is gone when the loopback goes down. Throws CannotRunHere where the kernel
/// refuses to make routes.
void add_network_route(const Endpoint& destination, const Endpoint& gateway);

}  // namespace timewait
