#include <fmt/format.h>

#include <algorithm>

#include "harness/run/record.h"
#include "harness/run/stage.h"

namespace timewait {
namespace {

/// The precondition that did not hold, or null.
const PreconditionRecord* missing(const Record& record) {
  const auto found = std::ranges::find_if_not(record.preconditions, &PreconditionRecord::holds);
  return found == record.preconditions.end() ? nullptr : &*found;
}

std::string text_of(const SocketEntry& entry) {
  return fmt::format("{} {} {}", kProtocols.name(entry.protocol), kTcpStates.name(entry.state),
                     entry.local.text());
}

/// True for a single call that tells nothing about who has a port.
bool leaves_ports_alone(const Record& record) {
  return record.single_call && leaves_ports_alone(*record.single_call);
}

/// True when the attempt itself may take `entry` away. connect() takes over what waits for the end
/// of an earlier connection; during a send() or recv(), which wait, connections may end.
bool may_go(const Record& record, const SocketEntry& entry) {
  if (record.attempt_ends_holder && entry.inode != 0) return true;
  if (leaves_ports_alone(record)) return true;
  const bool waits = entry.state == TcpState::time_wait || entry.state == TcpState::fin_wait2;
  return record.single_call == SocketCall::connect && waits && entry.inode == 0;
}

/// True when `later` is `entry` in the same state, or the attempt's own socket, which was bound, in
/// that which listen() or connect() have put it into.
bool is_still(const Record& record, const SocketEntry& entry, const SocketEntry& later) {
  if (later.cookie != entry.cookie) return false;
  if (later.state == entry.state) return true;
  return entry.state == TcpState::bound &&
         (record.single_call == SocketCall::listen || record.single_call == SocketCall::connect);
}

/// An entry on the attempted port that no precondition speaks of: it might decide the outcome. Null
/// when there is none.
const SocketEntry* unexplained(const Record& record) {
  // connect() takes a port of the kernel's choice: what is on another one decides nothing.
  if (leaves_ports_alone(record) || record.single_call == SocketCall::connect) return nullptr;
  const auto found = std::ranges::find_if(record.table_before, [&](const SocketEntry& entry) {
    return entry.protocol == record.attempt_place.protocol &&
           entry.local.port() == record.attempt_place.endpoint.port() &&
           std::ranges::none_of(record.precondition_places,
                                [&](const ActorPlace& place) { return belongs(entry, place); });
  });
  return found == record.table_before.end() ? nullptr : &*found;
}

/// An entry that was there before the attempt and was gone or in another state right after it; null
/// when there is none.
const SocketEntry* gone(const Record& record) {
  const auto found = std::ranges::find_if(record.table_before, [&](const SocketEntry& entry) {
    if (may_go(record, entry)) return false;
    return std::ranges::none_of(record.table_after, [&](const SocketEntry& later) {
      return is_still(record, entry, later);
    });
  });
  return found == record.table_before.end() ? nullptr : &*found;
}

std::pair<Verdict, std::string> verdict_of(const Record& record) {
  if (record.trouble) return {record.trouble->verdict, record.trouble->text};
  if (record.preconditions.empty() && !leaves_ports_alone(record))
    return {Verdict::inconclusive, "no precondition was looked at"};
  if (const PreconditionRecord* precondition = missing(record))
    return {Verdict::inconclusive,
            fmt::format("before the attempt {} had to be {}, but the kernel's table held {}",
                        precondition->actor, precondition->asked, precondition->seen)};
  if (const SocketEntry* entry = unexplained(record))
    return {Verdict::inconclusive,
            fmt::format("no precondition speaks of {}, which is on the attempted port",
                        text_of(*entry))};
  if (const SocketEntry* entry = gone(record))
    return {Verdict::inconclusive,
            fmt::format("{} was gone when the attempt was over", text_of(*entry))};
  if (!record.outcome) return {Verdict::error, "the attempt gave no outcome"};
  if (*record.outcome != record.expected)
    return {Verdict::fail,
            fmt::format("expected {}, got {}", record.expected.text(), record.outcome->text())};
  return {Verdict::pass, ""};
}

}  // namespace

void judge(Record& record) { std::tie(record.verdict, record.reason) = verdict_of(record); }

}  // namespace timewait
