#include "harness/process/descendants.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/base/unique_fd.h"
#include "harness/process/proc_file.h"

namespace timewait {
namespace {

/// What is killed ends at once, unless it belongs to another user or waits for a broken device.
constexpr Duration kPatience = std::chrono::seconds(5);

std::optional<pid_t> pid_in(const std::string& text) {
  pid_t pid = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, pid);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return pid;
}

/// The parent of each process that can be seen.
std::map<pid_t, pid_t> all_parents() {
  std::map<pid_t, pid_t> parents;
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end;
       entry.increment(error)) {
    const auto pid = pid_in(entry->path().filename());
    const auto parent = pid ? parent_of(*pid) : std::nullopt;
    if (parent) parents[*pid] = *parent;
  }
  return parents;
}

/// The processes below the caller, each with its parent.
std::map<pid_t, pid_t> descendants() {
  const std::map<pid_t, pid_t> parents = all_parents();
  std::map<pid_t, pid_t> below;
  const pid_t self = ::getpid();
  for (bool is_growing = true; is_growing;) {
    const std::size_t before = below.size();
    for (const auto& [pid, parent] : parents)
      if (parent == self || below.contains(parent)) below.emplace(pid, parent);
    is_growing = below.size() > before;
  }
  return below;
}

/// Kills a process that was found, unless its number has gone to another one since. The descriptor
/// tells when it has ended.
UniqueFd kill_if_still(pid_t pid, pid_t parent) {
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  const bool is_still_it = pidfd && (parent_of(pid) == parent || parent_of(pid) == ::getpid());
  if (is_still_it) ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0);
  return pidfd;
}

/// Kills what is there and waits until one of them has ended; false when there is nothing, or
/// nothing that can be killed.
bool end_one(const Deadline& deadline) {
  std::vector<UniqueFd> killed;
  for (const auto& [pid, parent] : descendants()) killed.push_back(kill_if_still(pid, parent));
  std::vector<pollfd> ends;
  for (const UniqueFd& pidfd : killed)
    ends.push_back({.fd = pidfd.get(), .events = POLLIN, .revents = 0});
  return !ends.empty() && ::poll(ends.data(), ends.size(), poll_timeout(deadline.remaining())) > 0;
}

}  // namespace

std::optional<pid_t> parent_of(pid_t pid) {
  constexpr std::size_t kParentField = 4;
  const auto stat = stat_of("/proc/" + std::to_string(pid));
  return stat ? pid_in(stat->field(kParentField)) : std::nullopt;
}

bool can_find_descendants() {
  std::error_code error;
  return pid_in(std::filesystem::read_symlink("/proc/self", error)) == ::getpid();
}

void end_descendants() {
  const Deadline deadline = Deadline::after(kPatience);
  while (true) {
    siginfo_t ended{};
    if (::waitid(P_ALL, 0, &ended, WEXITED | WNOHANG) < 0) return;
    if (ended.si_pid == 0 && (deadline.expired() || !end_one(deadline))) return;
  }
}

}  // namespace timewait
