#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/run/record.h"

namespace timewait {

/// Says in words what the events of a record are, each in a line: "step 4: server gets SIGSTOP",
/// "server got SIGSTOP", "attempt: bind(0.0.0.0:12000) gave EADDRINUSE".
class EventTexts {
 public:
  /// The record must outlive this.
  explicit EventTexts(const Record& record) : record_(record) {}

  /// The lines of the next event: none for a segment, one for each state that changed. To be
  /// called with the events in their order.
  std::vector<std::string> next(const Event& event);

 private:
  std::vector<std::string> lines(const StepBegan& step) const;
  std::vector<std::string> lines(const SegmentArrived& segment) const;
  std::vector<std::string> lines(const TableSeen& seen);
  std::vector<std::string> lines(const ProcessChanged& process);
  std::vector<std::string> lines(const CallMade& made) const;

  const Record& record_;
  Table table_;                          ///< as last seen
  std::map<std::string, int> main_pid_;  ///< of an actor: its process that we started
};

/// "outcome bind:EADDRINUSE"; "no outcome" when the cell did not come to one.
std::string outcome_text(const Record& record);

}  // namespace timewait
