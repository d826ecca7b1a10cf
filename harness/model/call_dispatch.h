#pragma once

#include "harness/model/stream_calls.h"
#include "harness/model/world.h"

namespace timewait {

/// Makes a call of a process. Throws CallError where `Caller` does.
MaybeAnswer make_call(World& world, int process, const Call& call);

}  // namespace timewait
