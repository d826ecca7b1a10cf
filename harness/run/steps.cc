#include "harness/run/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "harness/kernel/loopback.h"
#include "harness/kernel/socket_destroy.h"
#include "harness/kernel/sysctl.h"
#include "harness/net/errno_name.h"
#include "harness/run/program_outcome.h"
#include "harness/run/program_start.h"

namespace timewait {
namespace {

void runs(Scene& scene, const Step& step) {
  ProgramStart start(scene, step.actor);
  const StagedActor& actor = start.start(command_of(scene, step));
  const Role role = scene.cell.actor(step.actor).program.role;
  if (actor.process.exit_state() && (role == Role::listens || role == Role::binds))
    throw Error(fmt::format("{} ended before it was ready: {}", step.actor, last_words(actor)));
}

void calls(Scene& scene, const Step& step) {
  ask(scene, step);
  const bool succeeded = scene.note.starts_with("ok ");
  const bool failed = scene.note.starts_with("errno ");
  if (step.error ? scene.note == "errno " + errno_name(*step.error) : succeeded) return;
  const std::string message = fmt::format("\"{}\" gave {}", step.text, scene.note);
  if (step.error && (succeeded || failed)) throw Mismatch(message);
  throw Error(message);
}

/// True when each connection that a client believes in has a socket that a process of the server
/// holds, and there is one. A connection in the accept queue has no inode yet.
bool all_accepted(const Stage& stage, const ActorPlace& place) {
  const Table server = stage.entries_at(place);
  const Table clients =
      stage.entries_at({.side = ActorPlace::Side::remote, .endpoint = place.endpoint});
  return !clients.empty() && std::ranges::all_of(clients, [&](const SocketEntry& client) {
    // What is left of an earlier client waits for nobody.
    return client.state == TcpState::time_wait ||
           std::ranges::any_of(server, [&](const SocketEntry& entry) {
             return entry.remote.unmapped() == client.local.unmapped() &&
                    entry.local.unmapped() == client.remote.unmapped() && entry.inode != 0;
           });
  });
}

void accepts(Scene& scene, const Step& step) {
  const ActorPlace& place = scene.place_of(step.actor);
  scene.must([&] { return scene.stage.look(), all_accepted(scene.stage, place); },
             [&] {
               return fmt::format("{} did not accept its connections, the table holds {}",
                                  step.actor, scene.states_of_actor(step.actor));
             });
}

void has_unread(Scene& scene, const Step& step) {
  const auto wanted = static_cast<std::uint32_t>(step.number);
  const auto has_wanted = [&](const SocketEntry& entry) {
    return entry.state != TcpState::listen && entry.unread == wanted;
  };
  scene.must(
      [&] {
        scene.stage.look();
        return std::ranges::any_of(scene.stage.entries_at(scene.place_of(step.actor)), has_wanted);
      },
      [&] { return fmt::format("no connection of {} had {} unread bytes", step.actor, wanted); });
}

void await(Scene& scene, const Step& step) {
  scene.must(
      [&] {
        scene.stage.look();
        return scene.states_of_actor(step.actor) == step.states.text();
      },
      [&] {
        return fmt::format("{} did not become {}, the table holds {}", step.actor,
                           step.states.text(), scene.states_of_actor(step.actor));
      });
}

void destroy(Scene& scene, const Step& step) {
  await(scene, step);
  for (const SocketEntry& entry : scene.stage.entries_at(scene.place_of(step.actor)))
    destroy_socket(entry);
  scene.stage.expect_news();
}

void prints(Scene& scene, const Step& step) {
  StagedActor& actor = scene.stage.actor(step.actor);
  scene.must([&] { return actor.output.find(step.phrase); },
             [&] { return fmt::format("{} did not print \"{}\"", step.actor, step.phrase); });
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
             [&] { return fmt::format("{} did not end", actor.name); });
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
  if (failure) throw Mismatch(complaint);
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
      return calls(scene, step);
    case Verb::accepts:
      return accepts(scene, step);
    case Verb::has_unread:
      return has_unread(scene, step);
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
    case Verb::await:
      return await(scene, step);
    case Verb::destroy:
      return destroy(scene, step);
    case Verb::loopback:
      return set_loopback(step.number == 1);
    case Verb::sysctl:
      return write_sysctl(step.words.front(), step.phrase);
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
