#pragma once

#include "harness/model/world.h"

namespace timewait {

/// When the next timer fires; kNever without one.
Duration next_timer(const World& world);

/// Goes to that time, if it is to come, and lets all fire that are due.
void go_to(World& world, Duration time);

/// Arms the timers of what has just been sent and was not acknowledged.
void arm_timers(World& world);

/// The link is up again: what was lost is sent again.
void resend_everything(World& world);

/// How a wait ended.
enum class Wait { over, timed_out, endless };

/// Lets time pass until `is_over`, at most so many milliseconds, kForEver for no limit. A socket
/// that does not block does not wait.
template <typename IsOver>
Wait wait_until(World& world, const ModelSocket& socket, int milliseconds, const IsOver& is_over) {
  if (is_over()) return Wait::over;
  if (socket.is_nonblocking || milliseconds <= 0) return Wait::timed_out;
  if (milliseconds == kForEver) return Wait::endless;
  const Duration end = world.now + std::chrono::milliseconds(milliseconds);
  while (next_timer(world) <= end) {
    go_to(world, next_timer(world));
    if (is_over()) return Wait::over;
  }
  world.now = end;
  return Wait::timed_out;
}

}  // namespace timewait
