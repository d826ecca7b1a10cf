#pragma once

#include "harness/model/world.h"

namespace timewait {

/// setsockopt() as `Caller` makes it: what the value's memory holds is part of the call. `uid` is
/// the effective one of the process.
Answer set_option(World& world, ModelSocket& socket, const Call& call, int uid);

/// getsockopt() into an int, or what the type of the option asks for.
Answer get_option(World& world, ModelSocket& socket, const SocketOption& option);

}  // namespace timewait
