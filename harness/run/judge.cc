#include <fmt/format.h>

#include <algorithm>

#include "harness/run/record.h"

namespace timewait {
namespace {

/// The precondition that did not hold, or null.
const PreconditionRecord* missing(const Record& record) {
  const auto found = std::ranges::find_if_not(record.preconditions, &PreconditionRecord::holds);
  return found == record.preconditions.end() ? nullptr : &*found;
}

/// True when every entry that no process held is still there in the same state: TIME_WAIT and
/// orphans can go by themselves, and an attempt that outlived them proves nothing.
bool still_there(const Table& before, const Table& after) {
  return std::ranges::all_of(before, [&](const SocketEntry& entry) {
    return entry.inode != 0 || std::ranges::any_of(after, [&](const SocketEntry& later) {
             return later.state == entry.state && later.local == entry.local &&
                    later.remote == entry.remote && later.protocol == entry.protocol;
           });
  });
}

std::pair<Verdict, std::string> verdict_of(const Record& record) {
  if (record.trouble) return {record.trouble->verdict, record.trouble->text};
  if (record.preconditions.empty()) return {Verdict::inconclusive, "no precondition was looked at"};
  if (const PreconditionRecord* precondition = missing(record))
    return {Verdict::inconclusive,
            fmt::format("before the attempt {} had to be {}, but the kernel's table held {}",
                        precondition->actor, precondition->asked, precondition->seen)};
  if (!still_there(record.table_before, record.table_after))
    return {Verdict::inconclusive,
            "an entry of the socket table was gone when the attempt was over"};
  if (!record.outcome) return {Verdict::error, "the attempt gave no outcome"};
  if (*record.outcome != record.expected)
    return {Verdict::fail,
            fmt::format("expected {}, got {}", record.expected.text(), record.outcome->text())};
  return {Verdict::pass, ""};
}

}  // namespace

void judge(Record& record) { std::tie(record.verdict, record.reason) = verdict_of(record); }

}  // namespace timewait
