#include "harness/model/kernel_model.h"

#include <errno.h>

#include "harness/model/call_dispatch.h"
#include "harness/model/connection.h"
#include "harness/model/descriptors.h"
#include "harness/model/ignored_call.h"
#include "harness/model/model_timers.h"
#include "harness/model/stream_calls.h"
#include "harness/model/world.h"

namespace timewait {

namespace {

/// A segment arrives at a socket as if its other end had sent it.
void forge(World& world, const ModelSocket& to, ModelSegment segment) {
  segment.network = to.network;
  segment.from = to.remote;
  segment.to = to.local;
  world.wire.push_back(segment);
  run_wire(world);
}

}  // namespace

KernelModel::KernelModel(const ModelSettings& settings)
    : world_(std::make_unique<World>(settings.traits)) {
  for (const Rule rule : settings.broken) world_->rules.break_rule(rule);
}
KernelModel::KernelModel(KernelModel&&) noexcept = default;
KernelModel& KernelModel::operator=(KernelModel&&) noexcept = default;
KernelModel::~KernelModel() = default;

int KernelModel::start_process() {
  constexpr int kStandardStreams = 3;
  ModelProcess process;
  process.descriptors.assign(kStandardStreams, ModelProcess::kPipe);
  world_->processes.push_back(std::move(process));
  return static_cast<int>(world_->processes.size()) - 1;
}

int KernelModel::fork_process(int process) { return timewait::fork_process(*world_, process); }

void KernelModel::end_process(int process) { timewait::end_process(*world_, process); }

ModelAnswer KernelModel::call(int process, const Call& call) {
  world_->conflict.reset();
  world_->rules.take_decided();
  if (const std::string_view ignored = world_->traits.ignores; !ignored.empty()) {
    const auto left = without_ignored(call, ignored);
    world_->traits.ignores = {};
    ModelAnswer answer = left ? this->call(process, *left) : ModelAnswer{};
    world_->traits.ignores = ignored;
    return answer;
  }
  const MaybeAnswer answer = make_call(*world_, process, call);
  ModelAnswer result{.waits = !answer,
                     .answer = answer.value_or(Answer{}),
                     .rules = world_->rules.take_decided(),
                     .conflict = std::nullopt};
  const int error = result.answer.error;
  if (error == EADDRINUSE || error == EADDRNOTAVAIL) result.conflict = world_->conflict;
  return result;
}

void KernelModel::set_loopback(bool up) {
  world_->networks.front().set_loopback(up);
  if (up) resend_everything(*world_);
}

void KernelModel::set_sysctl(const std::string& name, const std::string& value) {
  timewait::set_sysctl(world_->networks.front().sysctls, name, value);
}

void KernelModel::add_device(const std::string& name, const Endpoint& address) {
  world_->networks.front().add_device(name, address);
}

void KernelModel::add_route(const Endpoint& destination) {
  world_->networks.front().add_route(destination);
}

void KernelModel::destroy(int id) {
  for (ModelSocket& socket : world_->sockets) {
    if (socket.id != id || socket.is_gone) continue;
    if (!socket.is_full()) {
      drop_mini(*world_, socket);
      continue;
    }
    if (socket.state == TcpState::listen) stop_listening(*world_, socket);
    abort_connection(*world_, socket);
    socket.error = ECONNABORTED;
    end_connection(*world_, socket);
    run_wire(*world_);
    arm_timers(*world_);
  }
}

void KernelModel::get_reset(int id) {
  if (const ModelSocket* socket = world_->find(id))
    forge(*world_, *socket, {.seq = socket->received, .reset = true});
}

void KernelModel::get_fin_again(int id) {
  if (const ModelSocket* socket = world_->find(id))
    forge(*world_, *socket,
          {.seq = socket->received - 1, .ack = socket->next, .is_ack = true, .fin = true});
}

void KernelModel::advance(Duration length) { go_to(*world_, world_->now + length); }

std::vector<ModelEntry> KernelModel::table() const {
  std::vector<ModelEntry> entries;
  for (const ModelSocket& socket : world_->sockets)
    if (!socket.is_gone && (socket.holds_port() || !socket.is_full()))
      entries.push_back(world_->entry_of(socket));
  return entries;
}

const std::vector<StateChange>& KernelModel::history() const { return world_->history; }

RuleBook& KernelModel::rules() { return world_->rules; }
const RuleBook& KernelModel::rules() const { return world_->rules; }

}  // namespace timewait
