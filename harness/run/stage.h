#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/kernel/socket_table.h"
#include "harness/process/process_crowd.h"
#include "harness/run/cell_limits.h"
#include "harness/run/evidence_collector.h"
#include "harness/run/process_watch.h"
#include "harness/run/staged_actor.h"
#include "harness/run/table_notes.h"
#include "harness/scenario/relocation.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// The processes of a cell and the socket table they act on. All waiting of a cell is done here.
class Stage {
 public:
  /// `patience` is how long a step may wait, `end` when all waiting is over. `with_udp`: the table
  /// has UDP, too. What happens goes into `evidence`. In a network that is not the cell's own the
  /// table is what concerns it at `place`, else that is null. Both must outlive the stage.
  Stage(Duration patience, Deadline end, bool with_udp, CellLimits limits,
        EvidenceCollector& evidence, const Relocation* place);

  /// Starts a program. An earlier process of the same name stays, but the name now means this one.
  StagedActor& start(const std::string& name, std::vector<std::string> command);

  /// The newest process called `name`. Throws Error when it never ran.
  StagedActor& actor(const std::string& name);
  const std::deque<StagedActor>& actors() const { return actors_; }

  /// Reads the kernel's socket table.
  const Table& look();

  /// The table as of the last look().
  const Table& table() const { return table_; }

  /// The entries that belong to an actor's place, as of the last look().
  Table entries_at(const ActorPlace& place) const;

  /// The same, but looks only when there may be news since the last look. A look costs more than
  /// most things here.
  const Table& fresh_table();

  /// When `entry` of the last look was first seen so: the same entry in the same state, and held by
  /// somebody or by nobody as now. When its last descriptor goes another wait begins, although the
  /// state stays.
  std::chrono::nanoseconds seen_since(const SocketEntry& entry) const;

  /// What is done next may change the table.
  void expect_news() { is_fresh_ = false; }

  /// Learns what the processes have printed, how they have ended and which segments have come.
  /// Throws Error, with all processes killed, when there are as many as there may be.
  void take_events();

  /// Learns the options of all sockets of an actor that cannot close one now: it is stopped or
  /// waits for us.
  void read_options_of(const StagedActor& actor);

  /// Waits until `condition` holds, at most for the patience of the stage; false when it never did.
  /// It is asked whenever a process printed or ended or a segment came and at least every few
  /// milliseconds, but not before `head_start` is over unless something happened.
  bool wait_until(const std::function<bool()>& condition, Duration head_start = Duration::zero());

  /// Lets time pass, and learns what processes print and how they end meanwhile. No patience ends
  /// it; false when all waiting is over.
  bool pause(Duration length);

 private:
  void sleep(Duration at_most);
  void reap_strangers();
  void remember_first_sights();

  struct FirstSight {
    std::chrono::nanoseconds at;
    SocketEntry entry;
  };

  Duration patience_;
  Deadline end_;
  bool with_udp_;
  CellLimits limits_;
  ProcessCrowd crowd_;
  EvidenceCollector& evidence_;
  const Relocation* place_;
  SocketTable kernel_;
  Table table_;
  std::vector<FirstSight> first_sights_;  ///< of the entries of the last look
  bool is_fresh_ = false;                 ///< nothing can have happened since the last look
  bool came_segments_ = false;            ///< since the last look
  std::deque<StagedActor> actors_;
  ProcessWatch watch_;
  TableNotes notes_;
};

}  // namespace timewait
