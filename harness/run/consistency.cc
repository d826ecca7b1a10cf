#include "harness/run/consistency.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/net/errno_name.h"
#include "harness/run/stage.h"
#include "harness/run/wire_check.h"

namespace timewait {
namespace {

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

/// True when the bare attempt says that it listens and the look after it shows no new listener.
/// What programs do after a call that did not fail is not known so exactly.
bool lacks_listener(const Record& record) {
  if (!record.outcome->is_bound() || record.attempt_by != "rebind" ||
      record.attempt_place.protocol != Protocol::tcp)
    return false;
  return std::ranges::none_of(record.table_after, [&](const SocketEntry& entry) {
    const bool is_old = std::ranges::find(record.table_before, entry.cookie,
                                          &SocketEntry::cookie) != record.table_before.end();
    return !is_old && record.is_on_attempted_port(entry) && entry.state == TcpState::listen;
  });
}

std::optional<std::string> contradiction_of_outcome(const Record& record) {
  if (!record.outcome) return std::nullopt;
  if (record.attempt.empty())
    return fmt::format("the outcome is {}, but no call was made", record.outcome->text());
  const CallResult& last = record.attempt.back();
  const Outcome& outcome = *record.outcome;
  const bool agrees = outcome.is_bound()
                          ? last.ok()
                          : outcome.call == last.call && outcome.error == last.error &&
                                outcome.value.value_or(last.value) == last.value;
  if (agrees && lacks_listener(record))
    return "the outcome is bound, but no new listener was on the port afterwards";
  if (agrees) return std::nullopt;
  return fmt::format("the outcome is {}, but the last call of the attempt was {} with {}",
                     record.outcome->text(), kSocketCalls.name(last.call),
                     last.ok() ? "success" : "errno " + errno_name(last.error));
}

std::optional<std::string> contradiction_of_timeline(const Record& record) {
  if (!record.evidence) return std::nullopt;
  const Timeline& timeline = record.evidence->timeline;
  if (!std::ranges::is_sorted(timeline, {}, &Event::at))
    return "the timeline is not in the order of its times";
  const auto segments =
      static_cast<std::size_t>(std::ranges::count_if(timeline, [](const Event& event) {
        return std::holds_alternative<SegmentArrived>(event.what);
      }));
  if (record.evidence->capture && record.evidence->capture->kept != segments)
    return fmt::format("{} segments were kept, but the timeline has {}",
                       record.evidence->capture->kept, segments);
  for (const Event& event : timeline)
    if (const auto* step = std::get_if<StepBegan>(&event.what);
        step != nullptr && step->index >= record.steps.size())
      return fmt::format("the timeline speaks of step {}, but there are {}", step->index + 1,
                         record.steps.size());
  return std::nullopt;
}

/// A cell without a network of its own tries the port at the address that it has on the machine's
/// loopback, and nowhere else.
std::optional<std::string> contradiction_of_relocation(const Record& record) {
  const Endpoint& attempted = record.attempt_place.endpoint;
  if (!record.relocation || attempted.port() == 0 || record.relocation->holds(attempted))
    return std::nullopt;
  return fmt::format("the attempt was at {}, where the cell has no place on the loopback",
                     attempted.text());
}

}  // namespace

std::optional<std::string> contradiction(const Record& record) {
  if (auto found = contradiction_of_preconditions(record)) return found;
  if (auto found = contradiction_of_outcome(record)) return found;
  if (auto found = contradiction_of_relocation(record)) return found;
  if (auto found = contradiction_on_the_wire(record)) return found;
  return contradiction_of_timeline(record);
}

}  // namespace timewait
