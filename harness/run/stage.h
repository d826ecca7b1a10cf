#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/kernel/socket_table.h"
#include "harness/process/child_process.h"
#include "harness/process/text_stream.h"
#include "harness/run/record.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// An actor on the stage: its process and what it has printed.
struct StagedActor {
  StagedActor(std::string actor_name, std::vector<std::string> command_line);

  std::string name;
  std::vector<std::string> command;
  ChildProcess process;
  TextStream output;
  TextStream errors;
  bool end_expected = false;  ///< a step has said how it ends
};

/// The processes of a cell and the socket table they act on. All waiting of a cell is done here.
class Stage {
 public:
  /// `patience` is how long a step may wait, `end` when all waiting is over. `with_udp`: the table
  /// has UDP, too.
  Stage(Duration patience, Deadline end, bool with_udp);

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

  /// How many looks there have been. A look costs more than anything else here: the kernel walks
  /// the hash table of the whole machine.
  int looks() const { return looks_; }

  /// Learns what the processes have printed and how they have ended.
  void take_events();

  /// Waits until `condition` holds, at most for the patience of the stage; false when it never did.
  /// It is asked whenever a process printed or ended and at least every few milliseconds, but not
  /// before `head_start` is over unless something happened.
  bool wait_until(const std::function<bool()>& condition, Duration head_start = Duration::zero());

  /// Lets time pass, and learns what processes print and how they end meanwhile. No patience ends
  /// it; false when all waiting is over.
  bool pause(Duration length);

 private:
  void sleep(Duration at_most);

  Duration patience_;
  Deadline end_;
  bool with_udp_;
  SocketTable kernel_;
  Table table_;
  int looks_ = 0;
  std::deque<StagedActor> actors_;
};

/// True when `entry` belongs to what `place` describes.
bool belongs(const SocketEntry& entry, const ActorPlace& place);

/// How many entries there are of each state, as a script writes it: "LISTEN, 2 ESTABLISHED".
StateList states_of(const Table& entries);

}  // namespace timewait
