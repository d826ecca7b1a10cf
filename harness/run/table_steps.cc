#include "harness/run/table_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "harness/kernel/socket_destroy.h"

namespace timewait {
namespace {

/// Between two waits for a timer that has longer to go than a step may wait.
constexpr Duration kPause = std::chrono::milliseconds(1);

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

/// Seconds until the timer of the actor's mini-socket fires, rounded up; nothing when there is not
/// exactly one.
std::optional<int> seconds_left(Scene& scene, const Step& step) {
  scene.stage.look();
  const Table entries = scene.stage.entries_at(scene.place_of(step.actor));
  const auto is_mini = [](const auto& entry) { return entry.timer == SocketTimer::time_wait; };
  if (std::ranges::count_if(entries, is_mini) != 1) return std::nullopt;
  const auto left = std::ranges::find_if(entries, is_mini)->timer_left;
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

void wait_for_accept(Scene& scene, const Step& step) {
  const ActorPlace& place = scene.place_of(step.actor);
  scene.must([&] { return scene.stage.look(), all_accepted(scene.stage, place); },
             [&] {
               return fmt::format("{} did not accept its connections, the table holds {}{}",
                                  step.actor, scene.states_of_actor(step.actor),
                                  hindrance_of(scene.stage.actor(step.actor)));
             });
}

void wait_for_unread(Scene& scene, const Step& step) {
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

void wait_for_states(Scene& scene, const Step& step) {
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

void destroy_entries(Scene& scene, const Step& step) {
  wait_for_states(scene, step);
  for (const SocketEntry& entry : scene.stage.entries_at(scene.place_of(step.actor)))
    destroy_socket(entry);
  scene.stage.expect_news();
}

/// The timer itself ends this wait: it goes down, unless a segment arms it once more.
void wait_for_timer(Scene& scene, const Step& step) {
  std::optional<int> left;
  const auto is_there = [&] { return (left = seconds_left(scene, step)) == step.number; };
  while (!scene.stage.wait_until(is_there)) {
    if (!left)
      throw Error(fmt::format("{} has not exactly one mini-socket, the table holds {}", step.actor,
                              scene.states_of_actor(step.actor)));
    if (*left < step.number || !scene.stage.pause(kPause))
      throw Mismatch(fmt::format("\"{}\" does not come true: {} s are left", step.text, *left));
  }
}

}  // namespace

void play_table_step(Scene& scene, const Step& step) {
  if (step.verb == Verb::accepts) return wait_for_accept(scene, step);
  if (step.verb == Verb::has_unread) return wait_for_unread(scene, step);
  if (step.verb == Verb::timer_left) return wait_for_timer(scene, step);
  if (step.verb == Verb::destroy) return destroy_entries(scene, step);
  wait_for_states(scene, step);
}

}  // namespace timewait
