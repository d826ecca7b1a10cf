#pragma once

#include "harness/model/world.h"

namespace timewait {

/// Whether the socket's address is none that it can send from: a wildcard, or one for many.
bool has_no_source(World& world, const ModelSocket& socket);

/// The destination of a connect() as the kernel takes it, never a mapped address: a wildcard is the
/// machine itself.
Endpoint destination_of(World& world, const ModelSocket& socket, const Endpoint& address);

/// The errno where the socket cannot connect to an address of that family; 0 where it can. `plain`
/// is what destination_of() makes of `address`.
int check_family(World& world, const ModelSocket& socket, const Endpoint& address,
                 const Endpoint& plain);

/// The errno where there is no way from the socket's address to that one; 0 where there is.
int check_route(World& world, const ModelSocket& socket, const Endpoint& plain);

}  // namespace timewait
