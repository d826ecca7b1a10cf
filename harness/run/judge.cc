#include <fmt/format.h>

#include <algorithm>

#include "harness/run/consistency.h"
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

/// An entry on the attempted port that no precondition speaks of: it might decide the outcome. Null
/// when there is none.
const SocketEntry* unexplained(const Record& record) {
  const auto found = std::ranges::find_if(record.table_before, [&](const SocketEntry& entry) {
    return entry.protocol == record.attempt_place.protocol &&
           entry.local.port() == record.attempt_place.endpoint.port() &&
           std::ranges::none_of(record.precondition_places,
                                [&](const ActorPlace& place) { return belongs(entry, place); });
  });
  return found == record.table_before.end() ? nullptr : &*found;
}

/// An entry that was there before the attempt and was gone or in another state right after it; null
/// when there is none. Where the attempt was made by the program that held entries, those that a
/// process holds may go with it.
const SocketEntry* gone(const Record& record) {
  const auto found = std::ranges::find_if(record.table_before, [&](const SocketEntry& entry) {
    if (record.attempt_ends_holder && entry.inode != 0) return false;
    return std::ranges::none_of(record.table_after, [&](const SocketEntry& later) {
      return later.cookie == entry.cookie && later.state == entry.state;
    });
  });
  return found == record.table_before.end() ? nullptr : &*found;
}

std::pair<Verdict, std::string> verdict_of(const Record& record) {
  if (record.trouble) return {record.trouble->verdict, record.trouble->text};
  if (const auto lie = contradiction(record))
    return {Verdict::error, fmt::format("the record contradicts itself: {}", *lie)};
  if (record.preconditions.empty()) return {Verdict::inconclusive, "no precondition was looked at"};
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

void judge_again(Record& record) {
  const Verdict said = record.verdict;
  const std::string reason = record.reason;
  judge(record);
  if (record.verdict == said && record.reason == reason) return;
  record.reason =
      fmt::format("the record says {}{}{}, but what it holds gives {}{}{}", kVerdicts.name(said),
                  reason.empty() ? "" : ": ", reason, kVerdicts.name(record.verdict),
                  record.reason.empty() ? "" : ": ", record.reason);
  record.verdict = Verdict::error;
}

}  // namespace timewait
