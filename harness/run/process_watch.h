#pragma once

#include <sys/types.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "harness/base/unique_fd.h"
#include "harness/process/process_tree.h"
#include "harness/run/evidence_collector.h"
#include "harness/run/staged_actor.h"

namespace timewait {

/// Notices what becomes of the processes of a cell: that actors stop, go on and end, and that they
/// fork children, which execute other programs and end. It asks the kernel again and again and
/// traces nobody: a child that comes and goes between two questions is not noticed.
class ProcessWatch {
 public:
  explicit ProcessWatch(EvidenceCollector& evidence);

  /// Sees which children have ended. How is known to who asks the actors after that.
  void look_for_ends();

  /// Asks once. Children have ended when look_for_ends() has seen it.
  void refresh(const std::deque<StagedActor>& actors);

  /// Descriptors that become readable when a child ends.
  std::vector<int> pidfds() const;

  /// Who has which socket open, as of now: "server", "server's child", several with commas between.
  std::map<std::uint32_t, std::string> socket_owners(const std::deque<StagedActor>& actors) const;

  bool has_children() const { return !children_.empty(); }

 private:
  struct Child {
    std::string actor;
    pid_t pid;
    UniqueFd pidfd;
    ProcessView view;
    ProcessView::Image image;
    bool has_ended = false;
  };

  struct Known {
    bool stopped = false;
    bool ended = false;
  };

  void refresh(const StagedActor& actor, Known& known);
  void notice_forks(const std::deque<StagedActor>& actors);
  void notice_fork(pid_t pid, const std::deque<StagedActor>& actors);
  bool is_of_the_cell(pid_t pid, const std::deque<StagedActor>& actors) const;
  void notice_executions();
  void notice_ends(const std::deque<StagedActor>& actors);

  EvidenceCollector& evidence_;
  NewestPid newest_pid_;
  pid_t last_seen_ = 0;
  pid_t highest_ = 0;
  std::vector<Known> known_;  ///< of each actor, in their order
  std::vector<Child> children_;
};

}  // namespace timewait
