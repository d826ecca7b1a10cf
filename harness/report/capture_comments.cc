#include "harness/report/capture_comments.h"

#include <fmt/format.h>

#include "harness/report/event_words.h"

namespace timewait {

std::vector<std::string> CaptureComments::next(const Event& event) {
  return std::visit([this](const auto& what) { return lines(what); }, event.what);
}

std::vector<std::string> CaptureComments::lines(const StepBegan& step) const {
  const bool is_known = step.index < record_.steps.size();
  return {fmt::format("step {}{}{}", step.index + 1, is_known ? ": " : "",
                      is_known ? record_.steps[step.index].text : "")};
}

std::vector<std::string> CaptureComments::lines(const SegmentArrived& /*segment*/) const {
  return {};
}

std::vector<std::string> CaptureComments::lines(const TableSeen& seen) {
  const Table table = with_former_owners(seen.table, table_);
  std::vector<std::string> all;
  for (const TableChange& change : table_changes(table_, table))
    all.push_back(change_words(change));
  table_ = table;
  return all;
}

std::vector<std::string> CaptureComments::lines(const ProcessChanged& process) {
  if (process.change == ProcessChange::forked) children_.insert(process.pid);
  const std::string child =
      children_.contains(process.pid) ? fmt::format("'s child {}", process.pid) : "";
  return {fmt::format("{}{} {}", process.actor, child, process_words(process))};
}

std::vector<std::string> CaptureComments::lines(const CallMade& made) const {
  return {"attempt: " + call_words(made.call)};
}

}  // namespace timewait
