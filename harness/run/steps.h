#pragma once

#include "harness/run/scene.h"

namespace timewait {

/// Does what a step of the script says, except preconditions and attempts, and waits until it is
/// done. Throws Error when it cannot be done, Mismatch when a call gave what it must not,
/// CannotRunHere when this machine is not able to.
void play_step(Scene& scene, const Step& step);

}  // namespace timewait
