#include "harness/run/stage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

namespace timewait {
namespace {

using namespace std::chrono_literals;

/// Pauses between two looks grow from the first to the last of these.
constexpr Duration kShortestPause = 50us;
constexpr Duration kLongestPause = 2ms;

bool is_same_wait(const SocketEntry& one, const SocketEntry& other) {
  return one.cookie == other.cookie && one.state == other.state &&
         (one.inode == 0) == (other.inode == 0);
}

}  // namespace

Stage::Stage(Duration patience, Deadline end, bool with_udp, CellLimits limits,
             EvidenceCollector& evidence, const Relocation* place)
    : patience_(patience),
      end_(end),
      with_udp_(with_udp),
      limits_(std::move(limits)),
      crowd_(limits_.processes),
      evidence_(evidence),
      place_(place),
      watch_(evidence),
      notes_([this] { return watch_.socket_owners(actors_); }) {}

StagedActor& Stage::start(const std::string& name, std::vector<std::string> command) {
  // It may make its first call before we hear that it has been started.
  const auto started = evidence_.now();
  StagedActor& actor = actors_.emplace_back(name, std::move(command), limits_.of_process);
  evidence_.process_changed(started, {.actor = name,
                                      .pid = actor.process.pid(),
                                      .change = ProcessChange::started,
                                      .detail = fmt::format("{}", fmt::join(actor.command, " "))});
  expect_news();
  return actor;
}

StagedActor& Stage::actor(const std::string& name) {
  const auto found = std::find_if(actors_.rbegin(), actors_.rend(),
                                  [&](const StagedActor& actor) { return actor.name == name; });
  if (found == actors_.rend()) throw Error(fmt::format("{} does not run", name));
  return *found;
}

const Table& Stage::look() {
  const auto looked_from = evidence_.now();
  table_ = kernel_.read(with_udp_);
  if (place_ != nullptr)
    std::erase_if(table_, [&](const SocketEntry& entry) { return !place_->concerns(entry); });
  remember_first_sights();
  is_fresh_ = true;
  came_segments_ = false;
  if (evidence_.is_on()) {
    if (watch_.has_children()) notes_.forget_owners();
    notes_.complete(table_);
    evidence_.table_seen(looked_from, table_);
  }
  return table_;
}

void Stage::remember_first_sights() {
  const auto now = evidence_.now();
  std::vector<FirstSight> sights;
  for (const SocketEntry& entry : table_) {
    const auto known = std::ranges::find_if(
        first_sights_, [&](const FirstSight& sight) { return is_same_wait(sight.entry, entry); });
    sights.push_back({.at = known == first_sights_.end() ? now : known->at, .entry = entry});
  }
  first_sights_ = std::move(sights);
}

std::chrono::nanoseconds Stage::seen_since(const SocketEntry& entry) const {
  const auto sight = std::ranges::find_if(
      first_sights_, [&](const FirstSight& one) { return is_same_wait(one.entry, entry); });
  return sight == first_sights_.end() ? evidence_.now() : sight->at;
}

const Table& Stage::fresh_table() { return is_fresh_ ? table_ : look(); }

void Stage::read_options_of(const StagedActor& actor) {
  if (!evidence_.is_on()) return;
  notes_.learn(sockets_of(actor.process.pidfd()));
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
    // States change when segments come.
    if (came_segments_) look();
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
  watch_.look_for_ends();
  for (StagedActor& actor : actors_) {
    // First how it ended: what it printed before that is in the pipes by then.
    actor.process.refresh();
    actor.output.drain();
    actor.errors.drain();
  }
  reap_strangers();
  crowd_.check();
  if (!evidence_.is_on()) return;
  came_segments_ = evidence_.take_segments() || came_segments_;
  watch_.refresh(actors_);
}

/// Of the processes that nobody waits for any more those that have left the groups of the actors:
/// they would stay zombies. An actor's own end, and that of an orphan in its group, are its news.
void Stage::reap_strangers() {
  const auto is_news_of = [](const StagedActor& actor, pid_t pid) {
    return actor.process.pid() == pid || actor.process.pid() == ::getpgid(pid);
  };
  while (true) {
    siginfo_t ended{};
    if (::waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) < 0 || ended.si_pid == 0) return;
    if (std::ranges::any_of(actors_,
                            [&](const StagedActor& one) { return is_news_of(one, ended.si_pid); }))
      return;
    ::waitid(P_PID, static_cast<id_t>(ended.si_pid), &ended, WEXITED | WNOHANG);
  }
}

void Stage::sleep(Duration at_most) {
  expect_news();
  std::vector<pollfd> events;
  if (evidence_.is_on())
    events.push_back({.fd = evidence_.segments_fd(), .events = POLLIN, .revents = 0});
  for (const int child : watch_.pidfds())
    events.push_back({.fd = child, .events = POLLIN, .revents = 0});
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

}  // namespace timewait
