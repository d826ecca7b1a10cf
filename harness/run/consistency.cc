#include "harness/run/consistency.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/net/errno_name.h"
#include "harness/run/stage.h"

namespace timewait {
namespace {

using std::chrono::nanoseconds;

/// The kernel stamps segments by one clock and we look by another; so far they may disagree.
constexpr nanoseconds kClockTolerance = std::chrono::milliseconds(1);

/// A segment and when it arrived.
struct Arrival {
  nanoseconds at;
  const Segment* segment;
};

/// What went from one end of a connection to the other, in order.
using Stream = std::vector<Arrival>;

bool has_flag(const Arrival& arrival, TcpFlag flag) { return arrival.segment->has(flag); }

/// The first FIN of a stream; null when there is none.
const Arrival* fin_of(const Stream& stream) {
  const auto fin = std::ranges::find_if(
      stream, [](const Arrival& arrival) { return has_flag(arrival, TcpFlag::fin); });
  return fin == stream.end() ? nullptr : &*fin;
}

/// The first segment that acknowledges `fin`, which went the other way; null when there is none.
const Arrival* acknowledgement_of(const Arrival* fin, const Stream& stream) {
  if (fin == nullptr) return nullptr;
  const std::uint32_t end = fin->segment->sequence + fin->segment->length + 1;
  const auto ack = std::ranges::find_if(stream, [&](const Arrival& arrival) {
    return arrival.at >= fin->at && has_flag(arrival, TcpFlag::ack) &&
           static_cast<std::int32_t>(arrival.segment->acknowledgement - end) >= 0;
  });
  return ack == stream.end() ? nullptr : &*ack;
}

/// What a state of one end needs to have gone over the wire (RFC 9293, figure 5).
struct Needs {
  bool handshake = false;  ///< a SYN each way
  bool own_fin = false;    ///< our FIN arrived and was acknowledged
  bool other_fin = false;  ///< the other end's FIN arrived
};

Needs needs_of(TcpState state) {
  switch (state) {
    case TcpState::established:
    case TcpState::fin_wait1:
      return {.handshake = true};
    case TcpState::close_wait:
    case TcpState::last_ack:
    case TcpState::closing:
      return {.handshake = true, .other_fin = true};
    case TcpState::fin_wait2:
      return {.handshake = true, .own_fin = true};
    case TcpState::time_wait:
      return {.handshake = true, .own_fin = true, .other_fin = true};
    case TcpState::syn_sent:
    case TcpState::syn_recv:
    case TcpState::bound:
    case TcpState::listen:
      return {};
  }
  return {};
}

/// A connection's end as one look showed it.
struct Sighting {
  nanoseconds from;   ///< when the look began
  nanoseconds until;  ///< when it was over
  const SocketEntry* entry;

  std::string text() const {
    return fmt::format("{} -> {} was seen in {}", entry->local.text(), entry->remote.text(),
                       kTcpStates.name(entry->state));
  }
};

/// Compares sightings with the segments of a record.
class WireCheck {
 public:
  explicit WireCheck(const Timeline& timeline) {
    for (const Event& event : timeline)
      if (const auto* arrived = std::get_if<SegmentArrived>(&event.what);
          arrived != nullptr && arrived->segment.kind == Segment::Kind::tcp)
        arrivals_.push_back({.at = event.at, .segment = &arrived->segment});
  }

  std::optional<std::string> contradiction(const Sighting& sighting) const {
    const Endpoint local = sighting.entry->local.unmapped();
    const Endpoint remote = sighting.entry->remote.unmapped();
    const nanoseconds begin = sighting.from - kClockTolerance;
    const nanoseconds end = sighting.until > nanoseconds::max() - kClockTolerance
                                ? nanoseconds::max()
                                : sighting.until + kClockTolerance;
    const Stream out = stream(local, remote, end);
    const TcpState state = sighting.entry->state;
    if (const auto lack = what_lacks(state, out, stream(remote, local, end)))
      return fmt::format("{}, but {}", sighting.text(), *lack);
    const auto excess =
        what_is_too_much(state, stream(local, remote, begin), stream(remote, local, begin));
    if (excess && !is_new_connection(excess->since, out))
      return fmt::format("{}, but {}", sighting.text(), excess->what);
    return std::nullopt;
  }

 private:
  /// What went from one end to the other until `end`.
  Stream stream(const Endpoint& from, const Endpoint& to, nanoseconds end) const {
    Stream result;
    std::ranges::copy_if(arrivals_, std::back_inserter(result), [&](const Arrival& arrival) {
      return arrival.at <= end && arrival.segment->from == from && arrival.segment->to == to;
    });
    return result;
  }

  static bool has_syn(const Stream& stream) {
    return std::ranges::any_of(
        stream, [](const Arrival& arrival) { return has_flag(arrival, TcpFlag::syn); });
  }

  static std::optional<std::string> what_lacks(TcpState state, const Stream& out,
                                               const Stream& in) {
    const Needs needs = needs_of(state);
    if (needs.handshake && (!has_syn(out) || !has_syn(in)))
      return "no SYN had gone each way before";
    if (needs.own_fin && fin_of(out) == nullptr) return "it had sent no FIN before";
    if (needs.own_fin && acknowledgement_of(fin_of(out), in) == nullptr)
      return "its FIN had not been acknowledged before";
    if (needs.other_fin && fin_of(in) == nullptr) return "no FIN had come to it before";
    return std::nullopt;
  }

  /// Something that was on the wire and does not fit a state that was seen later.
  struct Excess {
    std::string what;
    nanoseconds since;
  };

  /// An end changes its state before it sends its FIN, and to CLOSE_WAIT before it acknowledges the
  /// other's (tcp_close_state(), tcp_fin()).
  static std::optional<Excess> what_is_too_much(TcpState state, const Stream& out,
                                                const Stream& in) {
    const bool is_open = state == TcpState::established || state == TcpState::close_wait;
    if (const Arrival* fin = fin_of(out); is_open && fin != nullptr)
      return Excess{.what = "it had sent its FIN before", .since = fin->at};
    const Arrival* acknowledgement = acknowledgement_of(fin_of(in), out);
    if (state == TcpState::established && acknowledgement != nullptr)
      return Excess{.what = "it had acknowledged the other end's FIN before",
                    .since = acknowledgement->at};
    return std::nullopt;
  }

  /// True when a connection with the same ports began after `since`.
  static bool is_new_connection(nanoseconds since, const Stream& out) {
    return std::ranges::any_of(out, [&](const Arrival& arrival) {
      return arrival.at > since && has_flag(arrival, TcpFlag::syn);
    });
  }

  std::vector<Arrival> arrivals_;
};

/// All sightings of connections. Tables without a time of their own are taken as seen at the end.
std::vector<Sighting> sightings_of(const Record& record) {
  std::vector<Sighting> sightings;
  const auto add = [&](nanoseconds from, nanoseconds until, const Table& table) {
    for (const SocketEntry& entry : table)
      if (entry.protocol == Protocol::tcp)
        sightings.push_back({.from = from, .until = until, .entry = &entry});
  };
  for (const Event& event : record.evidence->timeline)
    if (const auto* seen = std::get_if<TableSeen>(&event.what))
      add(seen->looked_from, event.at, seen->table);
  for (const StepRecord& step : record.steps)
    if (step.table) add(nanoseconds::min() / 2, step.end, *step.table);
  add(nanoseconds::min() / 2, nanoseconds::max(), record.table_before);
  add(nanoseconds::min() / 2, nanoseconds::max(), record.table_after);
  return sightings;
}

std::optional<std::string> contradiction_on_the_wire(const Record& record) {
  if (!record.evidence || !record.evidence->capture || !record.evidence->capture->is_complete())
    return std::nullopt;
  const WireCheck check(record.evidence->timeline);
  for (const Sighting& sighting : sightings_of(record))
    if (auto found = check.contradiction(sighting)) return found;
  return std::nullopt;
}

/// What a precondition says it saw must be in the table that it was judged by.
std::optional<std::string> contradiction_of_preconditions(const Record& record) {
  for (std::size_t i = 0; i < record.preconditions.size(); ++i) {
    const PreconditionRecord& precondition = record.preconditions[i];
    if (i >= record.precondition_places.size())
      return "a precondition does not say where it looked";
    Table entries;
    std::ranges::copy_if(record.table_before, std::back_inserter(entries), [&](const auto& entry) {
      return belongs(entry, record.precondition_places[i]);
    });
    const std::string seen = states_of(entries).text();
    if (seen != precondition.seen)
      return fmt::format("the precondition says that {} was {}, but its table has {}",
                         precondition.actor, precondition.seen, seen);
  }
  return std::nullopt;
}

std::optional<std::string> contradiction_of_outcome(const Record& record) {
  if (!record.outcome || record.attempt.empty()) return std::nullopt;
  const CallResult& last = record.attempt.back();
  const Outcome& outcome = *record.outcome;
  const bool agrees = outcome.is_bound()
                          ? last.ok()
                          : outcome.call == last.call && outcome.error == last.error &&
                                outcome.value.value_or(last.value) == last.value;
  if (agrees) return std::nullopt;
  return fmt::format("the outcome is {}, but the last call of the attempt was {} with {}",
                     record.outcome->text(), kSocketCalls.name(last.call),
                     last.ok() ? "success" : "errno " + errno_name(last.error));
}

}  // namespace

std::optional<std::string> contradiction(const Record& record) {
  if (auto found = contradiction_of_preconditions(record)) return found;
  if (auto found = contradiction_of_outcome(record)) return found;
  return contradiction_on_the_wire(record);
}

}  // namespace timewait
