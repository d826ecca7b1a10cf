#include "harness/model/modelled_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/learnt_address.h"

namespace timewait {
namespace {

/// How long the model waits for what only time brings.
constexpr Duration kPatience = std::chrono::seconds(10);

/// And for a timer, which may run as long as tcp_fin_timeout says.
constexpr Duration kPatienceForTimers = std::chrono::hours(1);

void must(ModelledStage& stage, const std::function<bool()>& condition,
          const std::function<std::string()>& complaint, Duration patience = kPatience) {
  if (!stage.wait_until(condition, patience)) throw ModelTrouble(complaint());
}

ModelAnswer calls(ModelledStage& stage, const Step& step) {
  ModelAnswer made = make_modelled_call(stage, step.actor, *step.call);
  const bool is_as_said =
      step.result.empty() ? made.answer.ok() : made.answer.text() == step.result;
  if (!is_as_said) throw ModelTrouble(fmt::format("it gives {} in the model", made.answer.text()));
  return made;
}

void calls_until(ModelledStage& stage, const Step& step) {
  std::string last;
  const auto gives_result = [&] {
    last = make_modelled_call(stage, step.actor, *step.call).answer.text();
    return last == step.result;
  };
  must(stage, gives_result, [&] { return fmt::format("it gives {} in the model", last); });
}

/// The one entry of an actor in TIME_WAIT or FIN_WAIT2 that only a timer ends.
ModelEntry mini_socket_of(const ModelledStage& stage, const Cell& cell, const Step& step) {
  for (const ModelEntry& entry : stage.kernel().table())
    if (entry.is_mini && belongs(shown(entry), *cell.actor(step.actor).place)) return entry;
  throw ModelTrouble(fmt::format("{} has no mini-socket in the model", step.actor));
}

void timer_left(ModelledStage& stage, const Cell& cell, const Step& step) {
  const auto shows_it = [&] {
    const auto left = mini_socket_of(stage, cell, step).left;
    return left && std::chrono::ceil<std::chrono::seconds>(*left).count() == step.number;
  };
  const auto complaint = [] { return std::string("its timer does not show that in the model"); };
  must(stage, shows_it, complaint, kPatienceForTimers);
}

void await(ModelledStage& stage, const Cell& cell, const Step& step) {
  const ActorPlace& place = *cell.actor(step.actor).place;
  must(
      stage, [&] { return stage.states_at(place) == step.states.text(); },
      [&] {
        return fmt::format("{} does not become {} in the model, it has {}", step.actor,
                           step.states.text(), stage.states_at(place));
      });
}

void destroy(ModelledStage& stage, const Cell& cell, const Step& step) {
  await(stage, cell, step);
  for (const SocketEntry& entry : stage.table())
    if (belongs(entry, *cell.actor(step.actor).place))
      stage.kernel().destroy(static_cast<int>(entry.cookie));
}

void has_unread(ModelledStage& stage, const Cell& cell, const Step& step) {
  const ActorPlace& place = *cell.actor(step.actor).place;
  const auto has_wanted = [&](const SocketEntry& entry) {
    return belongs(entry, place) && entry.state != TcpState::listen &&
           entry.unread == static_cast<std::uint32_t>(step.number);
  };
  must(
      stage, [&] { return std::ranges::any_of(stage.table(), has_wanted); },
      [&] {
        return fmt::format("no connection of {} has {} unread bytes in the model", step.actor,
                           step.number);
      });
}

const ModelledProcess& ended(ModelledStage& stage, const Step& step) {
  const ModelledProcess& process = stage.actor(step.actor);
  must(
      stage, [&] { return process.end().has_value(); },
      [&] { return fmt::format("{} does not end in the model", step.actor); });
  return process;
}

void ends(ModelledStage& stage, const Step& step, ExitState::How how) {
  const ExitState expected{.how = how, .number = step.number};
  const ExitState end = *ended(stage, step).end();
  if (end != expected)
    throw ModelTrouble(fmt::format("{} ends with {} in the model", step.actor, end.text()));
}

void fails(ModelledStage& stage, const Step& step) {
  const auto& failure = ended(stage, step).failure();
  if (failure != step.failure)
    throw ModelTrouble(
        fmt::format("{} does not fail with {} in the model", step.actor, step.failure.text()));
}

/// What a process is told, or is to have come to.
void play_on_process(ModelledStage& stage, const Step& step) {
  if (step.verb == Verb::types) stage.actor(step.actor).type(step.phrase);
  if (step.verb == Verb::ends_input) stage.actor(step.actor).end_input();
  if (step.verb == Verb::gets) stage.actor(step.actor).signal(step.number);
  if (step.verb == Verb::group_gets) stage.signal_group(step.actor, step.number);
  if (step.verb == Verb::exits) ends(stage, step, ExitState::How::exited);
  if (step.verb == Verb::dies_of) ends(stage, step, ExitState::How::killed);
  if (step.verb == Verb::fails_with) fails(stage, step);
}

/// What the table is to show.
void play_on_table(ModelledStage& stage, const Cell& cell, const Step& step) {
  if (step.verb == Verb::timer_left) timer_left(stage, cell, step);
  if (step.verb == Verb::has_unread) has_unread(stage, cell, step);
  if (step.verb == Verb::await) await(stage, cell, step);
  if (step.verb == Verb::destroy) destroy(stage, cell, step);
}

void send_segment(ModelledStage& stage, const Cell& cell, const Step& step) {
  const int id = mini_socket_of(stage, cell, step).id;
  if (step.verb == Verb::forge_reset) stage.kernel().get_reset(id);
  if (step.verb == Verb::replay_fin) stage.kernel().get_fin_again(id);
}

void change_sandbox(KernelModel& kernel, const Step& step) {
  if (step.verb == Verb::loopback) kernel.set_loopback(step.number == 1);
  if (step.verb == Verb::sysctl) kernel.set_sysctl(step.name, step.phrase);
  if (step.verb == Verb::device) kernel.add_device(step.name, *step.endpoint);
  if (step.verb == Verb::route) kernel.add_route(*step.endpoint);
}

}  // namespace

ModelAnswer make_modelled_call(ModelledStage& stage, const std::string& actor, const Call& call) {
  ModelAnswer answer = stage.actor(actor).call(call);
  const auto comes_back = [&] {
    if (answer.waits) answer = stage.actor(actor).call(call);
    return !answer.waits;
  };
  if (!stage.wait_until(comes_back, kPatience))
    throw ModelTrouble(
        fmt::format("\"{} calls {}\" does not come back in the model", actor, text_of(call)));
  return answer;
}

void play_modelled_step(ModelledStage& stage, Cell& cell, const Step& step) {
  switch (step.verb) {
    case Verb::runs:
      stage.start(step.actor, step.words, step.options);
      break;
    case Verb::types:
    case Verb::ends_input:
    case Verb::gets:
    case Verb::group_gets:
    case Verb::exits:
    case Verb::dies_of:
    case Verb::fails_with:
      play_on_process(stage, step);
      break;
    case Verb::loopback:
    case Verb::sysctl:
    case Verb::device:
    case Verb::route:
      change_sandbox(stage.kernel(), step);
      break;
    case Verb::calls:
      calls(stage, step);
      break;
    case Verb::learns:
      learn_address(cell, step.name, *calls(stage, step).answer.address);
      break;
    case Verb::calls_until:
      calls_until(stage, step);
      break;
    case Verb::timer_left:
    case Verb::has_unread:
    case Verb::await:
    case Verb::destroy:
      play_on_table(stage, cell, step);
      break;
    case Verb::forge_reset:
    case Verb::replay_fin:
      send_segment(stage, cell, step);
      break;
    // What is printed, counted and when a connection is accepted changes nothing: in the model
    // everything that can go on has done so.
    case Verb::counter:
    case Verb::accepts:
    case Verb::prints:
    case Verb::listens_on:
    case Verb::connects_to:
    case Verb::stays:
    case Verb::unprivileged:
      break;
    case Verb::precondition:
    case Verb::rebind:
    case Verb::rebind_until_bound:
    case Verb::rebind_for:
    case Verb::restarts:
    case Verb::tries:
    case Verb::attempts:
    case Verb::executes_itself:
      throw ModelTrouble(fmt::format("\"{}\" is no ordinary step", step.text));
  }
  stage.settle();
}

}  // namespace timewait
