#pragma once

#include "harness/run/scene.h"

namespace timewait {

/// A step that waits for something in the socket table: that connections are accepted, bytes
/// unread, states there, or so many seconds left of a mini-socket's timer, however long that takes;
/// `destroy` then destroys what has those states. Throws Error when it does not come, Mismatch when
/// a timer has less left.
void play_table_step(Scene& scene, const Step& step);

}  // namespace timewait
