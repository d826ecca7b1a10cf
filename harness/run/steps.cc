#include "harness/run/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "harness/base/shortage.h"
#include "harness/kernel/loopback.h"
#include "harness/kernel/network_counter.h"
#include "harness/kernel/network_device.h"
#include "harness/kernel/network_route.h"
#include "harness/kernel/sysctl.h"
#include "harness/run/peer_steps.h"
#include "harness/run/program_outcome.h"
#include "harness/run/program_start.h"
#include "harness/run/segment_steps.h"
#include "harness/run/table_steps.h"

namespace timewait {
namespace {

void runs(Scene& scene, const Step& step) {
  ProgramStart start(scene, step.actor);
  const StagedActor& actor = start.start(command_of(scene, step));
  const Role role = scene.cell.actor(step.actor).program.role;
  if (actor.process.exit_state() && (role == Role::listens || role == Role::binds))
    throw Error(fmt::format("{} ended before it was ready: {}", step.actor, last_words(actor)));
}

void counts(Scene& scene, const Step& step) {
  long long count = 0;
  if (scene.stage.wait_until([&] { return (count = read_counter(step.name)) == step.number; }))
    return;
  throw Mismatch(fmt::format("\"{}\" does not come true: it is {}", step.text, count));
}

/// Why what somebody waits for does not come from `output`.
std::string_view state_of(const TextStream& output) {
  if (output.is_cut()) return " in the first 64 KiB of its output, which are all that is looked at";
  return output.fd() < 0 ? ", its output is closed" : "";
}

void prints(Scene& scene, const Step& step) {
  StagedActor& actor = scene.stage.actor(step.actor);
  scene.must([&] { return actor.output.find(step.phrase); },
             [&] {
               return fmt::format("{} did not print \"{}\"{}{}", step.actor, step.phrase,
                                  state_of(actor.output), hindrance_of(actor));
             });
}

void note_signal(Scene& scene, const Step& step) {
  scene.evidence.process_changed({.actor = step.actor,
                                  .pid = scene.stage.actor(step.actor).process.pid(),
                                  .change = ProcessChange::signalled,
                                  .detail = signal_name(step.number)});
}

void gets(Scene& scene, const Step& step) {
  ChildProcess& process = scene.stage.actor(step.actor).process;
  process.refresh();
  const bool stops = step.number == SIGSTOP;
  note_signal(scene, step);
  // A hold that does not hold would leave the order to chance.
  if (stops && process.exit_state())
    throw Error(fmt::format("{} has already ended: {}", step.actor,
                            last_words(scene.stage.actor(step.actor))));
  process.signal(step.number);
  if (!stops && step.number != SIGCONT) return;
  scene.must(
      [&] { return stops ? process.is_stopped() : !process.is_stopped() || process.exit_state(); },
      [&] { return fmt::format("{} did not obey {}", step.actor, signal_name(step.number)); });
  if (stops) scene.stage.read_options_of(scene.stage.actor(step.actor));
}

void group_gets(Scene& scene, const Step& step) {
  note_signal(scene, step);
  scene.stage.actor(step.actor).process.signal_group(step.number);
}

const ExitState& wait_for_end(Scene& scene, StagedActor& actor) {
  scene.must([&] { return actor.process.exit_state().has_value(); },
             [&] { return fmt::format("{} did not end{}", actor.name, hindrance_of(actor)); });
  actor.end_expected = true;
  scene.note = actor.process.exit_state()->text();
  return *actor.process.exit_state();
}

void ends(Scene& scene, const Step& step, ExitState::How how) {
  StagedActor& actor = scene.stage.actor(step.actor);
  const ExitState expected{.how = how, .number = step.number};
  if (wait_for_end(scene, actor) != expected)
    throw Error(fmt::format("{} ended otherwise than the script says: {} instead of {}", step.actor,
                            last_words(actor), expected.text()));
}

void fails(Scene& scene, const Step& step) {
  StagedActor& actor = scene.stage.actor(step.actor);
  const auto failure = failed_call(wait_for_end(scene, actor), actor.errors.text());
  if (failure == step.failure) return;
  const std::string complaint = fmt::format("{} should have failed with {}, but: {}", step.actor,
                                            step.failure.text(), last_words(actor));
  if (failure && !is_shortage(failure->error)) throw Mismatch(complaint);
  throw Error(complaint);
}

/// What the kernel reserves to the machine's own root tells nothing where programs are that root.
void must_be_unprivileged(const Scene& scene) {
  if (scene.settings.isolation != Isolation::user_namespace)
    throw CannotRunHere("the sandbox has no user namespace of its own, its programs are root");
}

}  // namespace

void play_step(Scene& scene, const Step& step) {
  switch (step.verb) {
    case Verb::runs:
      return runs(scene, step);
    case Verb::types:
      return type(scene.stage.actor(step.actor), step.phrase);
    case Verb::ends_input:
      return scene.stage.actor(step.actor).process.input().reset();
    case Verb::calls:
    case Verb::learns:
    case Verb::calls_until:
      return play_call(scene, step);
    case Verb::accepts:
    case Verb::has_unread:
    case Verb::timer_left:
    case Verb::await:
    case Verb::destroy:
      return play_table_step(scene, step);
    case Verb::prints:
      return prints(scene, step);
    case Verb::gets:
      return gets(scene, step);
    case Verb::group_gets:
      return group_gets(scene, step);
    case Verb::exits:
      return ends(scene, step, ExitState::How::exited);
    case Verb::dies_of:
      return ends(scene, step, ExitState::How::killed);
    case Verb::fails_with:
      return fails(scene, step);
    case Verb::loopback:
      return set_loopback(step.number == 1);
    case Verb::forge_reset:
    case Verb::replay_fin:
      return play_segment(scene, step);
    case Verb::sysctl:
      return write_sysctl(step.name, step.phrase);
    case Verb::device:
      return add_network_device(step.name, *step.endpoint);
    case Verb::route:
      return add_network_route(*step.endpoint, *step.gateway);
    case Verb::counter:
      return counts(scene, step);
    case Verb::unprivileged:
      return must_be_unprivileged(scene);
    case Verb::listens_on:
    case Verb::connects_to:
    case Verb::stays:
      return;
    case Verb::precondition:
    case Verb::rebind:
    case Verb::rebind_until_bound:
    case Verb::rebind_for:
    case Verb::restarts:
    case Verb::tries:
    case Verb::attempts:
    case Verb::executes_itself:
      break;
  }
  throw Error(fmt::format("\"{}\" is no ordinary step", step.text));
}

}  // namespace timewait
