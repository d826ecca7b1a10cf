#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "harness/base/error.h"
#include "harness/model/modelled_process.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// The model does not come to where a step says that the kernel comes.
class ModelTrouble : public Error {
 public:
  using Error::Error;
};

/// The model does not know what a step speaks of.
class NotModelled : public Error {
 public:
  using Error::Error;
};

/// The processes of a cell and the kernel they act on, as a model. After each change everything
/// that can go on does, until nothing moves any more.
class ModelledStage {
 public:
  explicit ModelledStage(const ModelSettings& settings) : kernel_(settings) {}

  /// Starts a process for an actor. An earlier one stays, but the name now means this one. Throws
  /// NotModelled for a program that is not one of ours.
  ModelledProcess& start(const std::string& actor, const std::vector<std::string>& command,
                         std::optional<OptionSet> options);
  /// A process for the calls of the harness itself, which no actor makes.
  ModelledProcess& start_harness();
  ModelledProcess& actor(const std::string& name);
  /// Sends a signal to the newest process of an actor and to those that it forked.
  void signal_group(const std::string& name, int number);
  /// The newest process that a process of this actor has forked.
  ModelledProcess& child_of(const std::string& name);

  /// Lets all processes run until none can.
  void settle();
  /// Lets time pass until `condition` holds, at most for `patience`; false when it never does.
  bool wait_until(const std::function<bool()>& condition, Duration patience);

  /// The entries of the table, as sock_diag shows them.
  std::vector<SocketEntry> table() const;
  /// The states of what belongs to a place, as a script writes them.
  std::string states_at(const ActorPlace& place) const;

  KernelModel& kernel() { return kernel_; }
  const KernelModel& kernel() const { return kernel_; }

 private:
  struct Staged {
    std::string actor;
    ModelledProcess process;
    bool is_child = false;
  };

  Staged& newest(const std::string& name, bool is_child);
  bool run_once();

  KernelModel kernel_;
  std::deque<Staged> processes_;
};

/// An entry as the kernel's table would show it.
SocketEntry shown(const ModelEntry& entry);

}  // namespace timewait
