#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/kernel/segment.h"
#include "harness/kernel/socket_table.h"
#include "harness/net/socket_call.h"

namespace timewait {

using Table = std::vector<SocketEntry>;

/// A step of the script begins; `Record::steps` has the rest of it.
struct StepBegan {
  std::size_t index = 0;
};

/// A segment that arrived, stamped by the kernel. Sequence and acknowledgement count from the first
/// sequence number of their direction, as packet analysers show them.
struct SegmentArrived {
  Segment segment;
  std::string frame;  ///< the bytes, from the Ethernet header on, as many as were captured
};

/// The socket table as it was between `looked_from` and the time of the event, when it differed
/// from what the look before had shown.
struct TableSeen {
  std::chrono::nanoseconds looked_from{0};
  Table table;
};

/// What became of a process.
enum class ProcessChange {
  started,    ///< by us; detail: the command line
  forked,     ///< by an actor or its children
  executed,   ///< a forked process runs another program, or its own anew; detail: its name
  signalled,  ///< by us; detail: the signal
  stopped,
  continued,
  ended,  ///< detail: how, as far as it can be known
};

inline constexpr auto kProcessChanges = enum_table<ProcessChange>({
    {ProcessChange::started, "started"},
    {ProcessChange::forked, "forked"},
    {ProcessChange::executed, "executed"},
    {ProcessChange::signalled, "signalled"},
    {ProcessChange::stopped, "stopped"},
    {ProcessChange::continued, "continued"},
    {ProcessChange::ended, "ended"},
});

/// A change in the life of a process, at the time at which it was noticed (ours: made).
struct ProcessChanged {
  std::string actor;
  int pid = 0;  ///< in the sandbox
  ProcessChange change = ProcessChange::started;
  std::string detail;
};

/// A call of the attempt.
struct CallMade {
  CallResult call;
};

/// Something that happened in a cell, or was seen there.
struct Event {
  std::chrono::nanoseconds at{0};  ///< from the cell's start, CLOCK_MONOTONIC
  std::variant<StepBegan, SegmentArrived, TableSeen, ProcessChanged, CallMade> what;
};

/// The events of a cell in the order of their times.
using Timeline = std::vector<Event>;

/// What the capture itself says about its completeness.
struct CaptureCounts {
  std::size_t kept = 0;      ///< segments on the timeline
  std::size_t dropped = 0;   ///< lost by the kernel because we did not take them in time
  std::size_t left_out = 0;  ///< beyond what a record holds

  bool clock_was_set = false;  ///< so that the times of segments are wrong

  bool is_complete() const { return dropped == 0 && left_out == 0 && !clock_was_set; }
};

}  // namespace timewait
