#include "harness/model/modelled_attempt.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/modelled_steps.h"

namespace timewait {
namespace {

/// How finely an attempt that is repeated finds out when the port is free.
constexpr Duration kBetweenAttempts = std::chrono::milliseconds(25);
/// Nothing here waits longer.
constexpr Duration kLongest = std::chrono::minutes(10);

/// The last call made, and why it answered as it did.
void note_reasons(const ModelAnswer& answer, Prediction& prediction) {
  prediction.rules = answer.rules;
  prediction.conflict = answer.conflict;
}

/// The bare attempt: socket, options, bind and, for TCP, listen.
Outcome rebind(ModelledStage& stage, const Endpoint& at, OptionSet options, bool udp,
               Prediction& prediction) {
  ModelledProcess& process = stage.start_harness();
  const bool six = at.family() == AF_INET6;
  std::vector<Call> calls = {
      {.name = CallName::socket,
       .socket = "s",
       .kind = udp ? (six ? SocketKind::udp6 : SocketKind::udp)
                   : (six ? SocketKind::tcp6 : SocketKind::tcp)},
      {.name = CallName::set, .socket = "s", .options = options},
      {.name = CallName::bind, .socket = "s", .address = at},
  };
  if (!udp) calls.push_back({.name = CallName::listen, .socket = "s", .number = 1});
  prediction.rules.clear();
  for (const Call& call : calls) {
    const ModelAnswer made = process.call(call);
    if (made.answer.ok()) {
      add_rules(prediction.rules, made.rules);
      continue;
    }
    note_reasons(made, prediction);
    process.exit(0);
    return Outcome::failed(row_of(call.name).call, made.answer.error);
  }
  prediction.conflict.reset();
  return Outcome::bound();
}

Outcome rebind(ModelledStage& stage, const Cell& cell, const Step& step, Prediction& prediction) {
  const auto precondition = std::ranges::find(cell.steps, Verb::precondition, &Step::verb);
  const Protocol protocol = cell.actor(precondition->actor).protocol;
  const Endpoint at = step.endpoint ? *step.endpoint : cell.actor("server").place->endpoint;
  return rebind(stage, at, step.options.value_or(OptionSet::plain), protocol == Protocol::udp,
                prediction);
}

/// Attempts until one is bound, or as long as the step says.
Outcome repeat(ModelledStage& stage, const Cell& cell, const Step& step, Prediction& prediction) {
  const bool until_bound = step.verb == Verb::rebind_until_bound;
  const Duration length = until_bound ? kLongest : Duration(std::chrono::seconds(step.number));
  Outcome outcome = rebind(stage, cell, step, prediction);
  for (Duration passed{0}; !outcome.is_bound() && passed < length;) {
    stage.kernel().advance(kBetweenAttempts);
    passed += kBetweenAttempts;
    outcome = rebind(stage, cell, step, prediction);
    if (outcome.is_bound()) prediction.bound_after = passed;
  }
  return outcome;
}

/// A program that is bound when it has not failed: then all rules of its attempt count.
Outcome outcome_of(ModelledProcess& process, Prediction& prediction) {
  prediction.rules = process.take_rules();
  if (!process.end()) return Outcome::bound();
  if (!process.failure())
    throw ModelTrouble(fmt::format("the attempt ends with {} in the model", process.end()->text()));
  note_reasons(process.last_answer(), prediction);
  return *process.failure();
}

/// The command that an actor last ran.
const Step& last_run(const Cell& cell, const std::string& actor) {
  const auto runs = [&](const Step& step) {
    return step.verb == Verb::runs && step.actor == actor;
  };
  const auto found = std::find_if(cell.steps.rbegin(), cell.steps.rend(), runs);
  if (found == cell.steps.rend()) throw ModelTrouble(fmt::format("{} never ran", actor));
  return *found;
}

Outcome try_program(ModelledStage& stage, const Cell& cell, const Step& step,
                    Prediction& prediction) {
  const Step& command = step.verb == Verb::restarts ? last_run(cell, step.actor) : step;
  const auto options = step.options ? step.options : command.options;
  ModelledProcess& process = stage.start(step.actor, command.words, options);
  stage.settle();
  return outcome_of(process, prediction);
}

Outcome single_call(ModelledStage& stage, const Step& step, Prediction& prediction) {
  const Call& call = *step.call;
  const ModelAnswer made = make_modelled_call(stage, step.actor, call);
  note_reasons(made, prediction);
  const SocketCall name = row_of(call.name).call;
  return made.answer.ok() ? Outcome::returned(name, made.answer.value)
                          : Outcome::failed(name, made.answer.error);
}

Outcome execute_itself(ModelledStage& stage, const Step& step, Prediction& prediction) {
  ModelledProcess& child = stage.child_of(step.actor);
  child.take_rules();
  child.type("go on");
  stage.settle();
  return outcome_of(child, prediction);
}

}  // namespace

void play_modelled_attempt(ModelledStage& stage, const Cell& cell, Prediction& prediction) {
  const Step& step = cell.steps.back();
  if (step.verb == Verb::rebind)
    prediction.outcome = rebind(stage, cell, step, prediction);
  else if (is_repeated(step.verb))
    prediction.outcome = repeat(stage, cell, step, prediction);
  else if (step.verb == Verb::attempts)
    prediction.outcome = single_call(stage, step, prediction);
  else if (step.verb == Verb::executes_itself)
    prediction.outcome = execute_itself(stage, step, prediction);
  else
    prediction.outcome = try_program(stage, cell, step, prediction);
}

}  // namespace timewait
