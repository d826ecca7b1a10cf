#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "harness/kernel/socket_table.h"
#include "harness/scenario/outcome.h"

namespace timewait {

/// So much the clock may be off: the beginning of a state is only seen, and a busy machine looks
/// late and fires its timers late.
inline constexpr std::chrono::nanoseconds kClockSlack = std::chrono::milliseconds(100);

/// The port became free between the last refused attempt and the next one. If that is so long,
/// nobody knows when.
inline constexpr std::chrono::nanoseconds kWidestGap = std::chrono::milliseconds(500);

/// So long after the latest end of the timer the attempt is given up.
inline constexpr std::chrono::nanoseconds kGivenUp = std::chrono::seconds(1);

/// An attempt that was made again and again. Its clock starts at the first look in which the
/// entries on the attempted port were as the preconditions ask, which is when the kernel's timer
/// starts and one look later at most. That the clock is ours makes it a measurement; the kernel's
/// own remaining time at the look of the preconditions is kept beside it: `seen_for` and
/// `timer_left` together are what the timer was armed for.
struct Repetition {
  int times = 0;
  Outcome first_outcome;
  std::chrono::nanoseconds seen_for{0};  ///< the clock at the look of the preconditions
  std::optional<std::chrono::milliseconds> timer_left;  ///< at that look; nothing if no timer ran
  std::chrono::nanoseconds refused_until{0};            ///< the clock at the last refused attempt
  std::chrono::nanoseconds took{0};                     ///< the clock at the last attempt
  std::chrono::nanoseconds at_least{0};                 ///< what `took` must be
  std::optional<std::chrono::nanoseconds> at_most;      ///< nothing: not expected to be bound
  std::vector<SocketEntry> table_refused;  ///< the look right before the last refused attempt

  /// The port was free before the timer could fire.
  bool too_early() const { return took < at_least - kClockSlack; }
  /// The port was still refused when the timer must have fired.
  bool too_late() const { return at_most && refused_until > *at_most + kClockSlack; }
  /// Nobody tried for too long before the port was free.
  bool has_gap() const { return took - refused_until > kWidestGap; }
};

/// "60 s", "60 to 62.05 s": how long it must take.
std::string span_text(const Repetition& repetition);

/// What a matrix adds to the outcome: "after 61.44 s (60 to 62.05 s)", "for 64 s".
std::string measured_text(const Repetition& repetition, bool is_bound);

}  // namespace timewait
