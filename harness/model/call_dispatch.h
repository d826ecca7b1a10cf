#pragma once

#include "harness/model/stream_calls.h"
#include "harness/model/world.h"

namespace timewait {

/// Makes a call of a process. Throws CallError where `Caller` does.
MaybeAnswer make_call(World& world, int process, const Call& call);

/// Closes everything that the process has open, in the order of the descriptors.
void end_process(World& world, int process);

/// A copy of the process, with the same sockets.
int fork_process(World& world, int process);

}  // namespace timewait
