#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

#include "harness/base/shortage.h"
#include "harness/run/consistency.h"
#include "harness/run/model_check.h"
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

/// True when `table` has `entry` in the same state.
bool holds(const Table& table, const SocketEntry& entry) {
  return std::ranges::any_of(table, [&](const SocketEntry& other) {
    return other.cookie == entry.cookie && other.state == entry.state;
  });
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
/// when `table` has none.
const SocketEntry* unexplained(const Record& record, const Table& table) {
  // connect() takes a port of the kernel's choice: what is on another one decides nothing.
  if (leaves_ports_alone(record) || record.single_call == SocketCall::connect) return nullptr;
  const auto found = std::ranges::find_if(table, [&](const SocketEntry& entry) {
    return record.is_on_attempted_port(entry) &&
           std::ranges::none_of(record.precondition_places,
                                [&](const ActorPlace& place) { return belongs(entry, place); });
  });
  return found == table.end() ? nullptr : &*found;
}

/// An entry that was there before the attempt and is gone or in another state in `later`; null
/// when there is none.
const SocketEntry* gone(const Record& record, const Table& later) {
  const auto found = std::ranges::find_if(record.table_before, [&](const SocketEntry& entry) {
    if (may_go(record, entry)) return false;
    return std::ranges::none_of(
        later, [&](const SocketEntry& other) { return is_still(record, entry, other); });
  });
  return found == record.table_before.end() ? nullptr : &*found;
}

/// An entry on the attempted port that is still there although the attempt was bound, so that it
/// cannot be what was in the way; null when there is none.
const SocketEntry* still_there(const Record& record) {
  const auto found = std::ranges::find_if(record.table_before, [&](const SocketEntry& entry) {
    return record.is_on_attempted_port(entry) && holds(record.table_after, entry);
  });
  return found == record.table_before.end() ? nullptr : &*found;
}

/// Of a cell without a network of its own an entry that somebody else had on one of its ports, in
/// any look that is kept; null when there is none.
const SocketEntry* stranger(const Record& record) {
  if (!record.relocation) return nullptr;
  std::vector<const Table*> looks = {&record.table_before, &record.table_after};
  for (const StepRecord& step : record.steps)
    if (step.table) looks.push_back(&*step.table);
  if (record.repetition) looks.push_back(&record.repetition->table_refused);
  if (record.evidence)
    for (const Event& event : record.evidence->timeline)
      if (const auto* seen = std::get_if<TableSeen>(&event.what)) looks.push_back(&seen->table);
  for (const Table* look : looks)
    for (const SocketEntry& entry : *look)
      if (record.relocation->is_of_a_stranger(entry)) return &entry;
  return nullptr;
}

using Judgement = std::pair<Verdict, std::string>;

/// True when the attempt failed for want of something that has nothing to do with ports.
bool lacked_something(const Record& record) {
  return *record.outcome != record.expected && record.outcome->has_failed() &&
         is_shortage(record.outcome->error);
}

Judgement judgement_of_outcome(const Record& record) {
  if (*record.outcome != record.expected)
    return {Verdict::fail,
            fmt::format("expected {}, got {}", record.expected.text(), record.outcome->text())};
  return {Verdict::pass, ""};
}

/// An attempt that must be refused as long as it is repeated.
Judgement judgement_of_watch(const Record& record, const Repetition& repetition) {
  const std::string measured = measured_text(repetition, record.outcome->is_bound());
  if (record.outcome->is_bound())
    return {Verdict::fail, fmt::format("bound {}, expected {} for {}", measured,
                                       record.expected.text(), span_text(repetition))};
  if (const SocketEntry* entry = gone(record, record.table_after))
    return {Verdict::inconclusive,
            fmt::format("{} was gone when the attempts were over", text_of(*entry))};
  if (repetition.took < repetition.at_least)
    return {Verdict::inconclusive, fmt::format("the attempts went on {} only, not for {}", measured,
                                               span_text(repetition))};
  return judgement_of_outcome(record);
}

/// An attempt that must be bound when what holds the port is gone. That entry is meant to go; but
/// it must be there as long as the port is refused, and be gone when it is bound.
Judgement judgement_of_wait(const Record& record, const Repetition& repetition) {
  if (const SocketEntry* entry = gone(record, repetition.table_refused))
    return {Verdict::inconclusive,
            fmt::format("{} was gone while the port was still in use", text_of(*entry))};
  const bool is_bound = record.outcome->is_bound();
  if (!is_bound && *record.outcome != repetition.first_outcome) return judgement_of_outcome(record);
  if (const SocketEntry* entry = still_there(record); is_bound && entry != nullptr)
    return {Verdict::inconclusive,
            fmt::format("{} was still there when the port was bound", text_of(*entry))};
  const double took = std::chrono::duration<double>(repetition.took).count();
  if (!is_bound)
    return {Verdict::fail, fmt::format("still {} after {:.2f} s, expected bound after {}",
                                       record.outcome->text(), took, span_text(repetition))};
  if (repetition.has_gap())
    return {
        Verdict::inconclusive,
        fmt::format("nobody tried the port between {:.2f} s, when it was refused, and {:.2f} s, "
                    "when it was bound",
                    std::chrono::duration<double>(repetition.refused_until).count(), took)};
  if (repetition.too_early() || repetition.too_late())
    return {Verdict::fail,
            fmt::format("bound after {:.2f} s, expected {}", took, span_text(repetition))};
  return {Verdict::pass, ""};
}

Judgement judgement_of_repetition(const Record& record) {
  const Repetition& repetition = *record.repetition;
  const Outcome in_use = Outcome::failed(SocketCall::bind, EADDRINUSE);
  if (repetition.first_outcome.is_bound())
    return {Verdict::fail, "the first attempt was bound: the port was not in use"};
  if (repetition.at_most && repetition.first_outcome != in_use)
    return {Verdict::fail, fmt::format("the first attempt gave {}, expected {}",
                                       repetition.first_outcome.text(), in_use.text())};
  if (const SocketEntry* entry = unexplained(record, repetition.table_refused))
    return {Verdict::inconclusive,
            fmt::format("no precondition speaks of {}, which came to the attempted port",
                        text_of(*entry))};
  return repetition.at_most ? judgement_of_wait(record, repetition)
                            : judgement_of_watch(record, repetition);
}

Judgement judgement_of(const Record& record) {
  if (const SocketEntry* entry = stranger(record))
    return {Verdict::inconclusive,
            fmt::format("somebody else's {} came to a port of the cell", text_of(*entry))};
  if (record.trouble) return {record.trouble->verdict, record.trouble->text};
  if (const auto lie = contradiction(record))
    return {Verdict::error, fmt::format("the record contradicts itself: {}", *lie)};
  if (record.preconditions.empty() && !leaves_ports_alone(record))
    return {Verdict::inconclusive, "no precondition was looked at"};
  if (const PreconditionRecord* precondition = missing(record))
    return {Verdict::inconclusive,
            fmt::format("before the attempt {} had to be {}, but the kernel's table held {}",
                        precondition->actor, precondition->asked, precondition->seen)};
  if (const SocketEntry* entry = unexplained(record, record.table_before))
    return {Verdict::inconclusive,
            fmt::format("no precondition speaks of {}, which is on the attempted port",
                        text_of(*entry))};
  if (!record.outcome) return {Verdict::error, "the attempt gave no outcome"};
  if (lacked_something(record))
    return {Verdict::error, fmt::format("the attempt gave {}, which says nothing about ports{}",
                                        record.outcome->text(), advice_for(record.outcome->error))};
  if (record.repetition) return judgement_of_repetition(record);
  if (const SocketEntry* entry = gone(record, record.table_after))
    return {Verdict::inconclusive,
            fmt::format("{} was gone when the attempt was over", text_of(*entry))};
  return judgement_of_outcome(record);
}

}  // namespace

void judge(Record& record) {
  std::tie(record.verdict, record.reason) = judgement_of(record);
  if (record.verdict != Verdict::pass) return;
  // The script's author and the kernel agree; that the model differs is as bad as if they did not.
  const auto disagreement = model_disagreement(record);
  if (!disagreement) return;
  record.verdict = Verdict::fail;
  record.reason = fmt::format("model: {}", *disagreement);
}

void judge_again(Record& record) {
  const Verdict said = record.verdict;
  const std::string reason = record.reason;
  judge(record);
  if (record.verdict == said) return;
  record.reason =
      fmt::format("the record says {}{}{}, but what it holds gives {}{}{}", kVerdicts.name(said),
                  reason.empty() ? "" : ": ", reason, kVerdicts.name(record.verdict),
                  record.reason.empty() ? "" : ": ", record.reason);
  record.verdict = Verdict::error;
}

}  // namespace timewait
