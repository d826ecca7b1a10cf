#include "harness/run/attempt_steps.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/run/attempt.h"
#include "harness/run/program_outcome.h"
#include "harness/run/program_start.h"
#include "harness/run/repeated_attempt.h"

namespace timewait {
namespace {

/// Where a single call of a peer binds: what it names, or else where the peer is.
ActorPlace place_of_call(const Scene& scene, const Step& step) {
  const Actor& actor = scene.cell.actor(step.actor);
  if (step.call->name == CallName::bind)
    return {.endpoint = step.call->address, .protocol = actor.protocol};
  return actor.place.value_or(ActorPlace{.protocol = actor.protocol});
}

/// Where the attempt of `step` binds: the address it names, or that of its actor, or of the server;
/// the protocol is that of the actor whose state the first precondition names.
ActorPlace place_of_attempt(const Scene& scene, const Step& step, const Step& precondition) {
  if (step.verb == Verb::attempts) return place_of_call(scene, step);
  if (!is_bare(step.verb)) return scene.place_of(step.actor);
  const Protocol protocol = scene.place_of(precondition.actor).protocol;
  return {.endpoint = step.endpoint ? *step.endpoint : scene.place_of("server").endpoint,
          .protocol = protocol};
}

void rebind(Scene& scene, const Step& step, Record& record) {
  const bool udp = record.attempt_place.protocol == Protocol::udp;
  const Attempt attempt(record.attempt_place.endpoint, step.options.value_or(OptionSet::plain),
                        udp);
  record.attempt_by = "rebind";
  record.attempt = attempt.calls();
  record.outcome = attempt.outcome();
  scene.evidence.calls_made(record.attempt);
  record.table_after = scene.stage.look();
}

/// Of a program's calls only the one that failed, or else the last one, can be known from outside.
void record_program(Scene& scene, Record& record, const Outcome& outcome, SocketCall last_call) {
  record.outcome = outcome;
  record.attempt.push_back({.call = outcome.is_bound() ? last_call : outcome.call,
                            .value = outcome.is_bound() ? 0 : -1,
                            .error = outcome.error});
  scene.evidence.calls_made(record.attempt);
}

Outcome outcome_of(const ExitState& end, const StagedActor& actor) {
  const auto failure = failed_call(end, actor.errors.text());
  if (!failure)
    throw Error(fmt::format("the attempt ended ({}) and names no call that failed: {}", end.text(),
                            last_words(actor)));
  return *failure;
}

/// The outcome in a peer's answer, "ok 0" or "errno EADDRINUSE".
Outcome outcome_of(SocketCall call, const Step& step, const std::string& answer) {
  const auto blank = answer.find(' ');
  const std::string kind = answer.substr(0, blank);
  const bool is_answer = kind == "ok" || kind == "errno";
  const auto outcome =
      Outcome::parse(fmt::format("{}:{}", kSocketCalls.name(call), answer.substr(blank + 1)));
  if (!is_answer || !outcome) throw Error(fmt::format("\"{}\" gave {}", step.text, answer));
  return *outcome;
}

/// One call of a peer as the attempt.
void single_call(Scene& scene, const Step& step, Record& record) {
  const SocketCall call = row_of(step.call->name).call;
  record.single_call = call;
  record.attempt_by = fmt::format("{} calls {}", step.actor, fmt::join(step.words, " "));
  const auto asked = scene.evidence.now();
  ask(scene, step);
  const Outcome outcome = outcome_of(call, step, scene.note);
  record.outcome = outcome;
  record.attempt = {
      {.call = call,
       .arguments = fmt::format("{}", fmt::join(step.words.begin() + 1, step.words.end(), " ")),
       .value = outcome.value.value_or(-1),
       .error = outcome.error}};
  scene.evidence.calls_made(asked, record.attempt);
  record.table_after = scene.stage.look();
}

/// A document program as the attempt: the documents' way to try the port again.
void try_program(Scene& scene, const std::string& name, std::vector<std::string> command,
                 Record& record) {
  record.attempt_by = fmt::format("{}", fmt::join(command, " "));
  ProgramStart start(scene, name);
  StagedActor& actor = start.start(std::move(command));
  actor.end_expected = true;
  const auto& end = actor.process.exit_state();
  const bool udp = record.attempt_place.protocol == Protocol::udp;
  record_program(scene, record, end ? outcome_of(*end, actor) : Outcome::bound(),
                 udp ? SocketCall::bind : SocketCall::listen);
  record.table_after = scene.stage.look();
}

/// The forked child of a document program executes it again; what becomes of that shows as a new
/// listener or as the end of an orphan.
void executes_itself(Scene& scene, const Step& step, Record& record) {
  StagedActor& actor = scene.stage.actor(step.actor);
  record.attempt_by = fmt::format("{}, executed by its child", fmt::join(actor.command, " "));
  record.attempt_ends_holder = true;
  ProgramStart watch(scene, step.actor);
  const std::size_t ended_before = actor.process.orphans().size();
  const SocketEntry* listener = nullptr;
  type(actor, "go on");
  scene.must(
      [&] {
        listener = watch.look_for_listener();
        return listener != nullptr || actor.process.orphans().size() > ended_before;
      },
      [&] { return fmt::format("the child of {} neither listened nor ended", step.actor); });
  record.table_after = scene.stage.table();
  record_program(scene, record,
                 listener != nullptr ? Outcome::bound()
                                     : outcome_of(actor.process.orphans()[ended_before].end, actor),
                 SocketCall::listen);
}

}  // namespace

void look_for_preconditions(Scene& scene, std::span<const Step> preconditions, const Step& attempt,
                            Record& record) {
  for (const Step& step : preconditions)
    if (step.states.contains(TcpState::bound) &&
        scene.place_of(step.actor).protocol == Protocol::tcp && !shows_bound_sockets())
      throw CannotRunHere("this kernel does not show bound sockets, that needs Linux 6.8");
  record.attempt_place = place_of_attempt(scene, attempt, preconditions.front());
  scene.stage.wait_until([&] {
    scene.stage.look();
    record.preconditions.clear();
    for (const Step& step : preconditions)
      record.preconditions.push_back({.actor = step.actor,
                                      .asked = step.states.text(),
                                      .seen = scene.states_of_actor(step.actor)});
    return std::ranges::all_of(record.preconditions, &PreconditionRecord::holds);
  });
  record.table_before = scene.stage.table();
  for (const Step& step : preconditions)
    record.precondition_places.push_back(scene.place_of(step.actor));
}

void play_attempt(Scene& scene, const Step& step, Record& record) {
  if (step.verb == Verb::rebind) rebind(scene, step, record);
  if (is_repeated(step.verb)) repeat_attempt(scene, step, record);
  if (step.verb == Verb::attempts) single_call(scene, step, record);
  if (step.verb == Verb::executes_itself) executes_itself(scene, step, record);
  if (step.verb == Verb::tries) try_program(scene, step.actor, command_of(scene, step), record);
  if (step.verb == Verb::restarts)
    try_program(scene, step.actor,
                with_options(scene.stage.actor(step.actor).command, step.options), record);
  if (!record.outcome) throw Error(fmt::format("\"{}\" is no attempt", step.text));
  scene.note = record.outcome->text();
  if (record.repetition)
    scene.note += " " + measured_text(*record.repetition, record.outcome->is_bound());
}

}  // namespace timewait
