#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/kernel_model.h"
#include "harness/process/exit_state.h"
#include "harness/scenario/outcome.h"

namespace timewait {

class ModelledProcess;

/// What became of an instruction.
enum class Turn {
  next,   ///< it is done, go on with the one behind it
  again,  ///< it did something and comes again
  waits,  ///< it can do nothing as things stand
};

/// One step in the life of a program. It acts on the process, and may end it.
using Instruction = std::function<Turn(ModelledProcess&)>;

/// A program as the model runs it: instructions, one after the other. Behind the last one it exits
/// with 0.
using ModelledProgram = std::vector<Instruction>;

/// What was written to a standard input, shared by a process and its children, as a pipe is.
struct ModelledInput {
  std::deque<std::string> lines;
  bool has_ended = false;
};

/// A process of the model. It makes its calls on a KernelModel until it has to wait; signals and
/// input reach it from outside.
class ModelledProcess {
 public:
  /// A new process.
  ModelledProcess(KernelModel& kernel, ModelledProgram program);
  /// A forked child: it has what the parent has open, under the same names, and runs `program`.
  ModelledProcess(const ModelledProcess& parent, ModelledProgram program);

  /// Runs until the process waits, is stopped or has ended; true when it did anything.
  bool run();

  void type(const std::string& line) { input_->lines.push_back(line); }
  void end_input() { input_->has_ended = true; }
  /// SIGSTOP, SIGCONT, or a signal that ends the process; one that is stopped dies of others than
  /// SIGKILL only when it goes on.
  void signal(int number);

  const std::optional<ExitState>& end() const { return end_; }
  /// The call by which the program failed, with the model's reasons.
  const std::optional<Outcome>& failure() const { return failure_; }
  const ModelAnswer& last_answer() const { return last_answer_; }
  /// The rules that decided its calls since this was asked last, each once.
  std::vector<Rule> take_rules() { return std::exchange(rules_, {}); }

  // For instructions.

  /// Makes a call; its answer.
  ModelAnswer call(const Call& call);
  /// The next line of the standard input; nothing while there is none.
  std::optional<std::string> take_line();
  bool input_has_ended() const { return input_->lines.empty() && input_->has_ended; }
  /// Ends the process because `call` failed, as the document programs do.
  void fail(const Call& call);
  void exit(int status);
  /// Becomes another program; what it has open stays open.
  void execute(ModelledProgram program);
  /// Begins a child. It runs when this process has had its turn.
  void fork(ModelledProgram program) { children_.push_back(std::move(program)); }
  /// The programs of the children that were forked since the last time.
  std::vector<ModelledProgram> take_children() { return std::exchange(children_, {}); }

 private:
  void finish(ExitState end);

  KernelModel* kernel_;
  int id_;
  ModelledProgram program_;
  std::size_t at_ = 0;
  std::shared_ptr<ModelledInput> input_;
  std::vector<ModelledProgram> children_;
  bool is_stopped_ = false;
  std::optional<int> pending_signal_;
  std::optional<ExitState> end_;
  std::optional<Outcome> failure_;
  ModelAnswer last_answer_;
  std::vector<Rule> rules_;
};

}  // namespace timewait
