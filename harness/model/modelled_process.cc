#include "harness/model/modelled_process.h"

#include <csignal>
#include <utility>

namespace timewait {

ModelledProcess::ModelledProcess(KernelModel& kernel, ModelledProgram program)
    : kernel_(&kernel),
      id_(kernel.start_process()),
      program_(std::move(program)),
      input_(std::make_shared<ModelledInput>()) {}

ModelledProcess::ModelledProcess(const ModelledProcess& parent, ModelledProgram program)
    : kernel_(parent.kernel_),
      id_(parent.kernel_->fork_process(parent.id_)),
      program_(std::move(program)),
      input_(parent.input_) {}

bool ModelledProcess::run() {
  bool did_anything = false;
  while (!end_ && !is_stopped_ && children_.empty()) {
    if (at_ == program_.size()) {
      exit(0);
      return true;
    }
    // The instruction may replace the program that it is part of.
    const Instruction instruction = program_[at_];
    const Turn turn = instruction(*this);
    if (turn == Turn::waits) break;
    did_anything = true;
    if (turn == Turn::next) ++at_;
  }
  return did_anything;
}

void ModelledProcess::signal(int number) {
  if (end_ || number == 0) return;
  if (number == SIGSTOP) {
    is_stopped_ = true;
  } else if (number == SIGCONT) {
    is_stopped_ = false;
    if (pending_signal_) finish({.how = ExitState::How::killed, .number = *pending_signal_});
  } else if (is_stopped_ && number != SIGKILL) {
    pending_signal_ = number;
  } else {
    finish({.how = ExitState::How::killed, .number = number});
  }
}

ModelAnswer ModelledProcess::call(const Call& call) {
  last_answer_ = kernel_->call(id_, call);
  add_rules(rules_, last_answer_.rules);
  return last_answer_;
}

std::optional<std::string> ModelledProcess::take_line() {
  if (input_->lines.empty()) return std::nullopt;
  std::string line = std::move(input_->lines.front());
  input_->lines.pop_front();
  return line;
}

void ModelledProcess::fail(const Call& call) {
  const SocketCall failed = row_of(call.name).call;
  failure_ = Outcome::failed(failed, last_answer_.answer.error);
  exit(exit_status(failed));
}

void ModelledProcess::exit(int status) {
  finish({.how = ExitState::How::exited, .number = status});
}

void ModelledProcess::execute(ModelledProgram program) {
  program_ = std::move(program);
  at_ = 0;
}

void ModelledProcess::finish(ExitState end) {
  end_ = end;
  kernel_->end_process(id_);
}

}  // namespace timewait
