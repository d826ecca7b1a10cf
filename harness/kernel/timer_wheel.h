#pragma once

#include <chrono>

namespace timewait {

/// The kernel's tick, CONFIG_HZ: how often a second its timer wheel turns. The resolution of the
/// coarse clock is one tick.
int ticks_per_second();

/// The latest time after which a timer of the kernel fires that is armed for `timeout`; it never
/// fires earlier than that. The wheel has levels of 64 slots, each level eight times coarser than
/// the one before, and a timer is put off to the next slot of its level: at 250 ticks a second one
/// of 60 s fires after 60 to 62.048 s (kernel/time/timer.c, calc_wheel_index(), since Linux 4.8).
std::chrono::nanoseconds latest_expiry(std::chrono::nanoseconds timeout, int ticks_per_second);

}  // namespace timewait
