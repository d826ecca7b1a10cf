#include "harness/run/stage.h"

#include <fmt/format.h>
#include <poll.h>
#include <time.h>

#include <algorithm>

namespace timewait {
namespace {

using namespace std::chrono_literals;

/// Pauses between two looks grow from the first to the last of these.
constexpr Duration kShortestPause = 50us;
constexpr Duration kLongestPause = 2ms;

}  // namespace

StagedActor::StagedActor(std::string actor_name, std::vector<std::string> command_line)
    : name(std::move(actor_name)),
      command(std::move(command_line)),
      process(command),
      output(std::move(process.output())),
      errors(std::move(process.errors())) {}

Stage::Stage(Duration patience, Deadline end, bool with_udp)
    : patience_(patience), end_(end), with_udp_(with_udp) {}

StagedActor& Stage::start(const std::string& name, std::vector<std::string> command) {
  return actors_.emplace_back(name, std::move(command));
}

StagedActor& Stage::actor(const std::string& name) {
  const auto found = std::find_if(actors_.rbegin(), actors_.rend(),
                                  [&](const StagedActor& actor) { return actor.name == name; });
  if (found == actors_.rend()) throw Error(fmt::format("{} does not run", name));
  return *found;
}

const Table& Stage::look() {
  table_ = kernel_.read(with_udp_);
  ++looks_;
  return table_;
}

Table Stage::entries_at(const ActorPlace& place) const {
  Table entries;
  std::ranges::copy_if(table_, std::back_inserter(entries),
                       [&](const SocketEntry& entry) { return belongs(entry, place); });
  return entries;
}

bool Stage::wait_until(const std::function<bool()>& condition, Duration head_start) {
  const Deadline deadline = Deadline::after(std::min(patience_, end_.remaining()));
  if (head_start > Duration::zero()) sleep(head_start);
  Duration pause = kShortestPause;
  while (true) {
    take_events();
    if (condition()) return true;
    if (deadline.expired()) return false;
    sleep(std::min(pause, deadline.remaining()));
    pause = std::min(pause * 2, kLongestPause);
  }
}

bool Stage::pause(Duration length) {
  const Deadline deadline = Deadline::after(std::min(length, end_.remaining()));
  while (!deadline.expired()) {
    sleep(deadline.remaining());
    take_events();
  }
  return !end_.expired();
}

void Stage::take_events() {
  for (StagedActor& actor : actors_) {
    // First how it ended: what it printed before that is in the pipes by then.
    actor.process.refresh();
    actor.output.drain();
    actor.errors.drain();
  }
}

void Stage::sleep(Duration at_most) {
  std::vector<pollfd> events;
  for (const StagedActor& actor : actors_) {
    const bool ended = actor.process.exit_state().has_value();
    for (const int fd : {actor.output.fd(), actor.errors.fd(), ended ? -1 : actor.process.pidfd()})
      events.push_back({.fd = fd, .events = POLLIN, .revents = 0});
  }
  const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(at_most).count();
  const timespec timeout{.tv_sec = nanoseconds / 1'000'000'000,
                         .tv_nsec = nanoseconds % 1'000'000'000};
  ::ppoll(events.data(), events.size(), &timeout, nullptr);
}

bool belongs(const SocketEntry& entry, const ActorPlace& place) {
  if (entry.protocol != place.protocol) return false;
  const bool is_local = place.side == ActorPlace::Side::local;
  const Endpoint end = (is_local ? entry.local : entry.remote).unmapped();
  if (end.port() != place.endpoint.port()) return false;
  // A wildcard socket's connections have the address of the connection, of either family if the
  // socket is [::].
  if (place.endpoint.is_wildcard())
    return place.endpoint.family() == AF_INET6 || end.family() == AF_INET;
  return end == place.endpoint.unmapped();
}

StateList states_of(const Table& entries) {
  StateList states;
  for (const SocketEntry& entry : entries) states.add(entry.state);
  return states;
}

}  // namespace timewait
