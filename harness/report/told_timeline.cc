#include "harness/report/told_timeline.h"

#include <algorithm>
#include <utility>

namespace timewait {
namespace {

using std::chrono::nanoseconds;

void add(Timeline& timeline, nanoseconds at, decltype(Event::what) what) {
  timeline.push_back({.at = at, .what = std::move(what)});
}

void add_calls(const Record& record, nanoseconds at, Timeline& timeline) {
  for (const CallResult& call : record.attempt) add(timeline, at, CallMade{call});
}

void add_attempt(const Record& record, std::size_t index, Timeline& timeline) {
  const StepRecord& step = record.steps[index];
  add(timeline, step.start, TableSeen{.table = record.table_before});
  add(timeline, step.start, StepBegan{index});
  add_calls(record, record.repetition ? step.end : step.start, timeline);
  add(timeline, step.end, TableSeen{.table = record.table_after});
}

/// What a record without evidence still tells. Its last step is the attempt, if there was one.
Timeline timeline_of_steps(const Record& record) {
  Timeline timeline;
  for (std::size_t i = 0; i < record.steps.size(); ++i) {
    const StepRecord& step = record.steps[i];
    if (record.outcome && i + 1 == record.steps.size()) {
      add_attempt(record, i, timeline);
      continue;
    }
    add(timeline, step.start, StepBegan{i});
    if (step.table) add(timeline, step.end, TableSeen{.table = *step.table});
  }
  return timeline;
}

}  // namespace

Timeline told_timeline(const Record& record) {
  if (!record.evidence) return timeline_of_steps(record);
  Timeline timeline = record.evidence->timeline;
  const bool has_calls = std::ranges::any_of(
      timeline, [](const Event& event) { return std::holds_alternative<CallMade>(event.what); });
  if (!has_calls && !timeline.empty()) add_calls(record, timeline.back().at, timeline);
  return timeline;
}

}  // namespace timewait
