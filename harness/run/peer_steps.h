#pragma once

#include "harness/run/scene.h"

namespace timewait {

/// A step by which a peer makes a call: once, once to learn an address, which the cell then knows
/// by the name of the step, or until it gives what it must, within the patience of a step. Throws
/// Mismatch when it gave what it must not, Error when it was not made.
void play_call(Scene& scene, const Step& step);

}  // namespace timewait
