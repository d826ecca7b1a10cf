#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/run/record.h"

namespace timewait {

/// Says what the events of a record are, each in lines that can be read alone: "step 4: server gets
/// SIGSTOP", "server's child 12 stops", "attempt: bind(0.0.0.0:12000) = -1 EADDRINUSE".
class CaptureComments {
 public:
  /// The record must outlive this.
  explicit CaptureComments(const Record& record) : record_(record) {}

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
  Table table_;             ///< as last seen
  std::set<int> children_;  ///< the processes that actors forked
};

}  // namespace timewait
