#include "harness/run/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "harness/kernel/loopback.h"
#include "harness/kernel/network_counter.h"
#include "harness/kernel/network_device.h"
#include "harness/kernel/socket_destroy.h"
#include "harness/kernel/sysctl.h"
#include "harness/run/peer_steps.h"
#include "harness/run/program_outcome.h"
#include "harness/run/program_start.h"
#include "harness/run/segment_steps.h"

namespace timewait {
namespace {

/// Between two waits for a timer that has longer to go than a step may wait.
constexpr Duration kPause = std::chrono::milliseconds(1);

void runs(Scene& scene, const Step& step) {
  ProgramStart start(scene, step.actor);
  const StagedActor& actor = start.start(command_of(scene, step));
  const Role role = scene.cell.actor(step.actor).program.role;
  if (actor.process.exit_state() && (role == Role::listens || role == Role::binds))
    throw Error(fmt::format("{} ended before it was ready: {}", step.actor, last_words(actor)));
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

/// Seconds until the timer of the actor's mini-socket fires, rounded up. Throws Error when there is
/// not exactly one.
int seconds_left(Scene& scene, const Step& step) {
  scene.stage.look();
  const Table entries = scene.stage.entries_at(scene.place_of(step.actor));
  const auto is_mini = [](const auto& entry) { return entry.timer == SocketTimer::time_wait; };
  if (std::ranges::count_if(entries, is_mini) != 1)
    throw Error(fmt::format("{} has not exactly one mini-socket, the table holds {}", step.actor,
                            states_of(entries).text()));
  const auto left = std::ranges::find_if(entries, is_mini)->timer_left;
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

/// The timer itself ends this wait: it goes down, unless a segment arms it once more.
void has_left(Scene& scene, const Step& step) {
  int left = 0;
  const auto is_there = [&] { return (left = seconds_left(scene, step)) == step.number; };
  while (!scene.stage.wait_until(is_there))
    if (left < step.number || !scene.stage.pause(kPause))
      throw Mismatch(fmt::format("\"{}\" does not come true: {} s are left", step.text, left));
}

void counts(Scene& scene, const Step& step) {
  long long count = 0;
  if (scene.stage.wait_until([&] { return (count = read_counter(step.name)) == step.number; }))
    return;
  throw Mismatch(fmt::format("\"{}\" does not come true: it is {}", step.text, count));
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
      return play_call(scene, step);
    case Verb::learns:
      return play_learning_call(scene, step);
    case Verb::calls_until:
      return play_repeated_call(scene, step);
    case Verb::accepts:
      return accepts(scene, step);
    case Verb::has_unread:
      return has_unread(scene, step);
    case Verb::timer_left:
      return has_left(scene, step);
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
    case Verb::forge_reset:
    case Verb::replay_fin:
      return play_segment(scene, step);
    case Verb::sysctl:
      return write_sysctl(step.name, step.phrase);
    case Verb::device:
      return add_network_device(step.name, *step.endpoint);
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
