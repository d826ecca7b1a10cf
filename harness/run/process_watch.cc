#include "harness/run/process_watch.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "harness/process/descendants.h"

namespace timewait {
namespace {

/// Where numbers go on when there are no higher ones (RESERVED_PIDS in kernel/pid.c).
constexpr pid_t kReservedPids = 300;

UniqueFd open_pidfd(pid_t pid) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

bool is_readable(int fd) {
  pollfd event{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, 0) == 1;
}

/// As of the last refresh of `process`. What has ended was not stopped to its end, unless SIGKILL
/// ended it: no other signal reaches a stopped process.
bool is_stopped(const ChildProcess& process) {
  const auto& end = process.exit_state();
  const ExitState killed{.how = ExitState::How::killed, .number = SIGKILL};
  return process.is_stopped() && (!end || *end == killed);
}

/// The actor in whose process group a process is; empty when it has left it.
std::string actor_of_group(pid_t group, const std::deque<StagedActor>& actors) {
  const auto actor = std::ranges::find_if(
      actors, [&](const StagedActor& one) { return one.process.pid() == group; });
  return actor == actors.end() ? "" : actor->name;
}

/// How a child ended, where it was left to us; whoever else was its parent knows, we do not.
std::string end_of(pid_t pid, const std::deque<StagedActor>& actors) {
  for (const StagedActor& actor : actors)
    for (const EndedOrphan& orphan : actor.process.orphans())
      if (orphan.pid == pid) return orphan.end.text();
  return "";
}

}  // namespace

ProcessWatch::ProcessWatch(EvidenceCollector& evidence)
    : evidence_(evidence), last_seen_(newest_pid_.read().value_or(0)) {}

void ProcessWatch::look_for_ends() {
  for (Child& child : children_) child.has_ended = is_readable(child.pidfd.get());
}

void ProcessWatch::refresh(const std::deque<StagedActor>& actors) {
  known_.resize(actors.size());
  notice_forks(actors);
  for (std::size_t i = 0; i < actors.size(); ++i) refresh(actors[i], known_[i]);
  notice_executions();
  notice_ends(actors);
}

void ProcessWatch::refresh(const StagedActor& actor, Known& known) {
  const ChildProcess& process = actor.process;
  if (is_stopped(process) != known.stopped && !known.ended) {
    known.stopped = is_stopped(process);
    evidence_.process_changed(
        {.actor = actor.name,
         .pid = process.pid(),
         .change = known.stopped ? ProcessChange::stopped : ProcessChange::continued});
  }
  if (process.exit_state() && !known.ended) {
    known.ended = true;
    evidence_.process_changed({.actor = actor.name,
                               .pid = process.pid(),
                               .change = ProcessChange::ended,
                               .detail = process.exit_state()->text()});
  }
}

void ProcessWatch::notice_forks(const std::deque<StagedActor>& actors) {
  const pid_t newest = newest_pid_.read().value_or(last_seen_);
  highest_ = std::max(highest_, newest);
  if (newest < last_seen_) {  // numbers began anew, from the first that is not reserved
    // In a namespace of others too many are not ours.
    while (is_first_process() && last_seen_ < highest_) notice_fork(++last_seen_, actors);
    last_seen_ = std::min(kReservedPids, newest) - 1;
  }
  while (last_seen_ < newest) notice_fork(++last_seen_, actors);
}

/// Without a pid namespace of our own most processes have nothing to do with us.
bool ProcessWatch::is_of_the_cell(pid_t pid, const std::deque<StagedActor>& actors) const {
  if (is_first_process()) return true;
  const pid_t self = ::getpid();
  const auto parent = parent_of(pid);
  return parent == self ||
         std::ranges::any_of(
             actors, [&](const StagedActor& actor) { return parent == actor.process.pid(); }) ||
         std::ranges::any_of(children_, [&](const Child& child) { return parent == child.pid; });
}

void ProcessWatch::notice_fork(pid_t pid, const std::deque<StagedActor>& actors) {
  // Our own children are no news.
  if (std::ranges::any_of(actors, [&](const auto& actor) { return actor.process.pid() == pid; }))
    return;
  if (!is_of_the_cell(pid, actors)) return;
  UniqueFd pidfd = open_pidfd(pid);
  if (!pidfd) return;  // a thread, or gone already
  const std::string actor = actor_of_group(::getpgid(pid), actors);
  evidence_.process_changed({.actor = actor, .pid = pid, .change = ProcessChange::forked});
  ProcessView view(pidfd.get());
  auto image = view.image().value_or(ProcessView::Image{});
  children_.push_back({.actor = actor,
                       .pid = pid,
                       .pidfd = std::move(pidfd),
                       .view = std::move(view),
                       .image = std::move(image)});
}

void ProcessWatch::notice_executions() {
  for (Child& child : children_) {
    const auto image = child.view.image();
    if (!image || *image == child.image) continue;
    child.image = *image;
    evidence_.process_changed({.actor = child.actor,
                               .pid = child.pid,
                               .change = ProcessChange::executed,
                               .detail = image->name});
  }
}

void ProcessWatch::notice_ends(const std::deque<StagedActor>& actors) {
  std::erase_if(children_, [&](const Child& child) {
    if (!child.has_ended) return false;
    evidence_.process_changed({.actor = child.actor,
                               .pid = child.pid,
                               .change = ProcessChange::ended,
                               .detail = end_of(child.pid, actors)});
    return true;
  });
}

std::vector<int> ProcessWatch::pidfds() const {
  std::vector<int> fds;
  for (const Child& child : children_) fds.push_back(child.pidfd.get());
  return fds;
}

std::map<std::uint32_t, std::string> ProcessWatch::socket_owners(
    const std::deque<StagedActor>& actors) const {
  std::map<std::uint32_t, std::string> owners;
  const auto add = [&](const ProcessView& view, const std::string& name) {
    for (const std::uint32_t inode : view.sockets()) {
      std::string& all = owners[inode];
      all += (all.empty() ? "" : ", ") + name;
    }
  };
  for (const StagedActor& actor : actors)
    if (!actor.process.exit_state()) add(ProcessView(actor.process.pidfd()), actor.name);
  for (const Child& child : children_)
    add(child.view, child.actor.empty() ? "a child" : child.actor + "'s child");
  return owners;
}

}  // namespace timewait
