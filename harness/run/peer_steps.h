#pragma once

#include "harness/run/scene.h"

namespace timewait {

/// The steps by which a peer makes a call. Throw Mismatch when it gave what it must not, Error when
/// it was not made.
void play_call(Scene& scene, const Step& step);
/// The same for a call that gives an address, which the cell then knows by the name of the step.
void play_learning_call(Scene& scene, const Step& step);
/// The same for a call that is made until it gives what it must, within the patience of a step.
void play_repeated_call(Scene& scene, const Step& step);

}  // namespace timewait
