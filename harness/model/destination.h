#pragma once

#include "harness/model/world.h"

namespace timewait {

/// The destination of a connect() as the kernel takes it, never a mapped address: a wildcard is the
/// machine itself.
Endpoint destination_of(const ModelSocket& socket, const Endpoint& address);

/// The errno where the socket cannot connect to an address of that family; 0 where it can. `plain`
/// is what destination_of() makes of `address`.
int check_family(World& world, const ModelSocket& socket, const Endpoint& address,
                 const Endpoint& plain);

}  // namespace timewait
