#pragma once

#include "harness/run/scene.h"

namespace timewait {

/// True for a cell whose steps need to know which segments went over the loopback, whatever
/// evidence is kept.
bool needs_segments(const Cell& cell);

/// Sends a segment from the other end of the one TIME_WAIT that the actor of the step has: a reset
/// that fits exactly, or its last FIN once more. Throws CannotRunHere where segments cannot be
/// captured or sent.
void play_segment(Scene& scene, const Step& step);

}  // namespace timewait
