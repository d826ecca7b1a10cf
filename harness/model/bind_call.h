#pragma once

#include "harness/model/world.h"

namespace timewait {

/// bind(); `uid` is the effective one of the process. Returns 0 or the errno.
int bind_socket(World& world, ModelSocket& socket, const Endpoint& address, int uid);

/// listen(). Returns 0 or the errno.
int listen_on(World& world, ModelSocket& socket, int backlog);

}  // namespace timewait
