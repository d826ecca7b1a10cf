#include "harness/kernel/timer_wheel.h"

#include <time.h>

#include <cstdint>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::int64_t kSlotsPerLevel = 64;  // LVL_SIZE
constexpr std::int64_t kCoarser = 8;         // from level to level, LVL_CLK_DIV

/// How many ticks a slot of the level has that holds timers of `ticks`.
std::int64_t granularity(std::int64_t ticks) {
  std::int64_t slot = 1;
  // The last slot of a level is not used: level 1 begins at 63, level 2 at 63 * 8 (LVL_START).
  while (ticks >= (kSlotsPerLevel - 1) * slot) slot *= kCoarser;
  return slot;
}

}  // namespace

int ticks_per_second() {
  timespec tick{};
  check(::clock_getres(CLOCK_MONOTONIC_COARSE, &tick), "clock_getres(CLOCK_MONOTONIC_COARSE)");
  const std::int64_t length = tick.tv_sec * kNanosecondsPerSecond + tick.tv_nsec;
  return static_cast<int>((kNanosecondsPerSecond + length / 2) / length);
}

std::chrono::nanoseconds latest_expiry(std::chrono::nanoseconds timeout, int ticks_per_second) {
  const std::int64_t tick = kNanosecondsPerSecond / ticks_per_second;
  const std::int64_t ticks = (timeout.count() + tick - 1) / tick;
  return timeout + std::chrono::nanoseconds(granularity(ticks) * tick);
}

}  // namespace timewait
