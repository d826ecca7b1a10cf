#pragma once

#include <algorithm>
#include <chrono>

namespace timewait {

using Clock = std::chrono::steady_clock;
using Duration = Clock::duration;

/// The moment at which a wait gives up. Every wait has one.
class Deadline {
 public:
  static Deadline after(Duration patience) { return Deadline(Clock::now() + patience); }

  bool expired() const { return Clock::now() >= at_; }

  /// Time left, never negative.
  Duration remaining() const { return std::max(Duration::zero(), at_ - Clock::now()); }

 private:
  explicit Deadline(Clock::time_point at) : at_(at) {}
  Clock::time_point at_;
};

/// Whole milliseconds for poll(2), rounded up so that a wait never ends early.
inline int poll_timeout(Duration duration) {
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
}

}  // namespace timewait
