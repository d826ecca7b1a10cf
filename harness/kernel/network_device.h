#pragma once

#include <string>

#include "harness/net/endpoint.h"

namespace timewait {

/// Makes a network device in the network namespace of the caller, gives it the one address (the
/// port means nothing) and takes it up: a dummy, or where the kernel has none, one end of a veth
/// pair. What is sent to that address goes over the loopback, as to every address of its own.
/// Throws CannotRunHere where the kernel makes neither, Error for a name that it does not take.
void add_network_device(const std::string& name, const Endpoint& address);

}  // namespace timewait
