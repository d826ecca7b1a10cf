#include "harness/run/wire_check.h"

#include <fmt/format.h>

#include <algorithm>

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

/// What went between two ends, each way, while one connection lasted.
struct Connection {
  Stream out;
  Stream in;

  bool has_ended() const {
    const auto ends = [](const Arrival& arrival) {
      return has_flag(arrival, TcpFlag::fin) || has_flag(arrival, TcpFlag::rst);
    };
    return std::ranges::any_of(out, ends) || std::ranges::any_of(in, ends);
  }
};

/// True when a SYN was there before `end`.
bool has_syn(const Stream& stream, nanoseconds end = nanoseconds::max()) {
  return std::ranges::any_of(stream, [&](const Arrival& arrival) {
    return arrival.at < end && has_flag(arrival, TcpFlag::syn);
  });
}

/// What had to come before `state` and did not; nothing when all is there.
std::optional<std::string> what_lacks(TcpState state, const Connection& connection) {
  const Needs needs = needs_of(state);
  if (needs.handshake && (!has_syn(connection.out) || !has_syn(connection.in)))
    return "no SYN had gone each way before";
  const Arrival* fin = fin_of(connection.out);
  if (needs.own_fin && fin == nullptr) return "it had sent no FIN before";
  if (needs.own_fin && acknowledgement_of(fin, connection.in) == nullptr)
    return "its FIN had not been acknowledged before";
  if (needs.other_fin && fin_of(connection.in) == nullptr) return "no FIN had come to it before";
  return std::nullopt;
}

/// What came before `begin` and does not fit `state`; nothing when all fits. An end changes its
/// state before it sends its FIN, and to CLOSE_WAIT before it acknowledges the other's
/// (tcp_close_state(), tcp_fin()).
std::optional<std::string> what_is_too_much(TcpState state, const Connection& connection,
                                            nanoseconds begin) {
  const auto was_before = [&](const Arrival* arrival) {
    return arrival != nullptr && arrival->at < begin;
  };
  const bool is_open = state == TcpState::established || state == TcpState::close_wait;
  if (is_open && was_before(fin_of(connection.out))) return "it had sent its FIN before";
  if (state == TcpState::established &&
      was_before(acknowledgement_of(fin_of(connection.in), connection.out)))
    return "it had acknowledged the other end's FIN before";
  return std::nullopt;
}

/// Compares sightings with the segments of a record.
class WireCheck {
 public:
  explicit WireCheck(const Timeline& timeline) {
    for (const Event& event : timeline)
      if (const auto* arrived = std::get_if<SegmentArrived>(&event.what);
          arrived != nullptr && arrived->segment.kind == Segment::Kind::tcp)
        arrivals_.push_back({.at = event.at, .segment = &arrived->segment});
  }

  /// A state is in order when one of the connections with its ports explains it.
  std::optional<std::string> contradiction(const Sighting& sighting) const {
    const nanoseconds begin = sighting.from - kClockTolerance;
    std::optional<std::string> last;
    for (const Connection& connection : possible_connections(sighting, begin)) {
      last = what_lacks(sighting.entry->state, connection);
      if (!last) last = what_is_too_much(sighting.entry->state, connection, begin);
      if (!last) return std::nullopt;
    }
    if (!last) return std::nullopt;
    return fmt::format("{}, but {}", sighting.text(), *last);
  }

 private:
  /// The connections that an entry seen after `begin` can belong to: when one has been made, those
  /// before it are gone.
  std::vector<Connection> possible_connections(const Sighting& sighting, nanoseconds begin) const {
    std::vector<Connection> all = connections(sighting);
    const auto is_made = [&](const Connection& connection) {
      return has_syn(connection.out, begin) && has_syn(connection.in, begin);
    };
    const auto newest = std::find_if(all.rbegin(), all.rend(), is_made);
    if (newest != all.rend()) all.erase(all.begin(), newest.base() - 1);
    return all;
  }

  /// What went between the ends of a sighting until it was over, a new connection with each SYN
  /// that comes after the end of the one before. There is at least one.
  std::vector<Connection> connections(const Sighting& sighting) const {
    const Endpoint local = sighting.entry->local.unmapped();
    const Endpoint remote = sighting.entry->remote.unmapped();
    std::vector<Connection> all(1);
    for (const Arrival& arrival : arrivals_) {
      if (arrival.at - kClockTolerance > sighting.until) break;
      const Segment& segment = *arrival.segment;
      const bool is_out = segment.from == local && segment.to == remote;
      const bool is_in = segment.from == remote && segment.to == local;
      if (!is_out && !is_in) continue;
      const bool begins = segment.has(TcpFlag::syn) && !segment.has(TcpFlag::ack);
      if (begins && all.back().has_ended()) all.emplace_back();
      if (is_out) all.back().out.push_back(arrival);
      if (is_in) all.back().in.push_back(arrival);
    }
    return all;
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

}  // namespace

std::optional<std::string> contradiction_on_the_wire(const Record& record) {
  if (!record.evidence || !record.evidence->capture || !record.evidence->capture->is_complete())
    return std::nullopt;
  const WireCheck check(record.evidence->timeline);
  for (const Sighting& sighting : sightings_of(record))
    if (auto found = check.contradiction(sighting)) return found;
  return std::nullopt;
}

}  // namespace timewait
