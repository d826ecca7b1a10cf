#include "harness/report/event_text.h"

#include <fmt/format.h>

#include <utility>

#include "harness/net/errno_name.h"
#include "harness/report/table_change.h"

namespace timewait {
namespace {

/// "server forked process 12", "server ended: exit 0".
std::string process_text(const std::string& who, const ProcessChanged& process) {
  const std::string& detail = process.detail;
  switch (process.change) {
    case ProcessChange::signalled:
      return fmt::format("{} got {}", who, detail);
    case ProcessChange::executed:
      return fmt::format("{} executed {}", who, detail);
    case ProcessChange::started:
    case ProcessChange::ended:
    case ProcessChange::forked:
    case ProcessChange::stopped:
    case ProcessChange::continued:
      break;
  }
  return fmt::format("{} {}{}{}", who, kProcessChanges.name(process.change),
                     detail.empty() ? "" : ": ", detail);
}

}  // namespace

std::vector<std::string> EventTexts::next(const Event& event) {
  return std::visit([this](const auto& what) { return lines(what); }, event.what);
}

std::vector<std::string> EventTexts::lines(const StepBegan& step) const {
  const bool is_known = step.index < record_.steps.size();
  return {fmt::format("step {}{}{}", step.index + 1, is_known ? ": " : "",
                      is_known ? record_.steps[step.index].text : "")};
}

std::vector<std::string> EventTexts::lines(const SegmentArrived& /*segment*/) const { return {}; }

std::vector<std::string> EventTexts::lines(const TableSeen& seen) {
  const Table before = std::exchange(table_, with_former_owners(seen.table, table_));
  return table_changes(before, table_);
}

std::vector<std::string> EventTexts::lines(const ProcessChanged& process) {
  if (process.change == ProcessChange::started) main_pid_[process.actor] = process.pid;
  if (process.change == ProcessChange::forked)
    return {fmt::format("{} forked process {}", process.actor, process.pid)};
  const auto main = main_pid_.find(process.actor);
  const bool is_main = main == main_pid_.end() || main->second == process.pid;
  const std::string who =
      is_main ? process.actor : fmt::format("process {} of {}", process.pid, process.actor);
  return {process_text(who, process)};
}

std::vector<std::string> EventTexts::lines(const CallMade& made) const {
  const CallResult& call = made.call;
  return {fmt::format("attempt: {}({}) gave {}", kSocketCalls.name(call.call), call.arguments,
                      call.ok() ? std::to_string(call.value) : errno_name(call.error))};
}

std::string outcome_text(const Record& record) {
  return record.outcome ? "outcome " + record.outcome->text() : "no outcome";
}

}  // namespace timewait
