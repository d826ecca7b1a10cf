#include "harness/run/repeated_attempt.h"

#include <algorithm>

#include "harness/kernel/timer_wheel.h"
#include "harness/run/attempt.h"

namespace timewait {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

/// Between two attempts; what is measured is known to within this.
constexpr Duration kPause = std::chrono::milliseconds(25);

/// No mini-socket's timer is armed for longer.
constexpr seconds kMiniSocketLife(60);

nanoseconds latest_end(nanoseconds length) { return latest_expiry(length, ticks_per_second()); }

/// The latest end of a wait that the kernel makes of two timers. An orphan in FIN_WAIT2 that is to
/// wait for more than a minute runs a keepalive timer for one half, and as a mini-socket the other
/// (tcp_rcv_state_process(), tcp_keepalive_timer()).
nanoseconds latest_end_in_halves(nanoseconds length) { return 2 * latest_end(length / 2); }

/// The entry on the attempted port that came last: the port is free when this one has gone. Null
/// when there is none.
const SocketEntry* newest_holder(const Scene& scene, const Record& record) {
  const SocketEntry* newest = nullptr;
  for (const SocketEntry& entry : record.table_before) {
    if (!record.is_on_attempted_port(entry)) continue;
    if (newest == nullptr || scene.stage.seen_since(entry) > scene.stage.seen_since(*newest))
      newest = &entry;
  }
  return newest;
}

/// What is known and expected before the first attempt.
Repetition begin(const Scene& scene, const Record& record, const Step& step) {
  Repetition repetition{.at_least = seconds(step.number)};
  const bool must_end = step.verb == Verb::rebind_until_bound;
  if (must_end) repetition.at_most = latest_end(repetition.at_least);
  const SocketEntry* holder = newest_holder(scene, record);
  if (holder == nullptr) return repetition;
  repetition.seen_for = scene.evidence.now() - scene.stage.seen_since(*holder);
  if (holder->timer != SocketTimer::none) repetition.timer_left = holder->timer_left;
  if (must_end && holder->timer == SocketTimer::keepalive)
    repetition.at_most = latest_end_in_halves(repetition.at_least);
  return repetition;
}

/// Makes one attempt after another until repeating is over.
class Repeater {
 public:
  Repeater(Scene& scene, const Step& step, Record& record)
      : scene_(scene), step_(step), record_(record), repetition_(begin(scene, record, step)) {}

  void repeat() {
    const bool is_worth_it = std::ranges::all_of(record_.preconditions, &PreconditionRecord::holds);
    while (is_refused_as_at_first() && is_worth_it && !is_time_over())
      if (!scene_.stage.pause(kPause)) break;
    if (record_.outcome == repetition_.first_outcome && !record_.outcome->is_bound()) {
      scene_.evidence.calls_made(record_.attempt);
      record_.table_after = scene_.stage.look();
    }
    record_.repetition = std::move(repetition_);
  }

 private:
  /// One attempt, right after a look.
  bool is_refused_as_at_first() {
    const Table table = scene_.stage.look();
    const Attempt attempt(record_.attempt_place.endpoint, step_.options.value_or(OptionSet::plain),
                          record_.attempt_place.protocol == Protocol::udp);
    repetition_.took = repetition_.seen_for + (Clock::now() - start_);
    const Outcome outcome = attempt.outcome();
    if (repetition_.times++ == 0) repetition_.first_outcome = outcome;
    record_.outcome = outcome;
    record_.attempt = attempt.calls();
    const bool is_refused = !outcome.is_bound() && outcome == repetition_.first_outcome;
    if (is_refused) {
      repetition_.refused_until = repetition_.took;
      repetition_.table_refused = table;
    }
    if (!is_refused || repetition_.times == 1) scene_.evidence.calls_made(record_.attempt);
    if (!is_refused) record_.table_after = scene_.stage.look();
    return is_refused;
  }

  bool is_time_over() const {
    const nanoseconds end =
        repetition_.at_most ? *repetition_.at_most + kGivenUp : repetition_.at_least;
    return repetition_.took >= end;
  }

  Scene& scene_;
  const Step& step_;
  Record& record_;
  Repetition repetition_;
  const Clock::time_point start_ = Clock::now();  // the look of the preconditions was just now
};

Duration longest_repetition(const Step& step) {
  const nanoseconds length = seconds(step.number);
  if (step.verb == Verb::rebind_for) return length;
  return std::max(latest_end(length), latest_end_in_halves(length));
}

}  // namespace

Duration longest_wait_of(const Cell& cell) {
  Duration longest = Duration::zero();
  for (const Step& step : cell.steps) {
    if (step.verb == Verb::timer_left)
      longest += std::max(kMiniSocketLife - seconds(step.number), seconds(0));
    if (is_repeated(step.verb)) longest += longest_repetition(step);
  }
  return longest;
}

Duration cell_limit_of(const Cell& cell, const RunSettings& settings) {
  const Duration wait = longest_wait_of(cell);
  return settings.cell_limit + wait + (wait > Duration::zero() ? kGivenUp : Duration::zero());
}

void repeat_attempt(Scene& scene, const Step& step, Record& record) {
  record.attempt_by = "rebind";
  Repeater(scene, step, record).repeat();
}

}  // namespace timewait
