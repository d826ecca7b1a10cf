#include "harness/kernel/namespaces.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <string_view>
#include <vector>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr long long kMostIds = 65536;

void write_file(const char* path, std::string_view text) {
  const UniqueFd fd(check(::open(path, O_WRONLY | O_CLOEXEC), fmt::format("open({})", path)));
  check(::write(fd.get(), text.data(), text.size()), fmt::format("write({}, {})", path, text));
}

/// A line of /proc/PID/uid_map or gid_map: `count` ids from `inside` on.
struct IdRange {
  long long inside = 0;
  long long outside = 0;
  long long count = 0;

  bool contains(long long id) const { return id >= inside && id < inside + count; }
};

std::vector<IdRange> id_ranges(const char* path) {
  std::ifstream file(path);
  std::vector<IdRange> ranges;
  for (IdRange range; file >> range.inside >> range.outside >> range.count;)
    ranges.push_back(range);
  return ranges;
}

/// How many ids there are from 0 on, of those that anybody needs.
long long ids_from_root(const char* path) {
  for (const IdRange& range : id_ranges(path))
    if (range.contains(0)) return std::min(range.inside + range.count, kMostIds);
  return 0;
}

/// Of namespaces the kernel says that there is no space for more of them.
[[noreturn]] void refuse_clone(const char* call, int error) {
  if (error != ENOSPC) throw SystemError(call, error);
  throw SystemError(call, error,
                    " (there may be no more namespaces: see user.max_user_namespaces, "
                    "user.max_pid_namespaces and user.max_net_namespaces)");
}

}  // namespace

ClonedProcess clone_into(unsigned long flags) {
  int pidfd = -1;
  clone_args arguments{};
  arguments.flags = flags | CLONE_PIDFD;
  arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
  // A filter cannot look into the arguments of clone3(), so containers say that there is none.
  const bool is_hidden = pid < 0 && errno == ENOSYS;
  if (is_hidden)
    pid = ::syscall(SYS_clone, flags | CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, nullptr);
  if (pid < 0) refuse_clone(is_hidden ? "clone()" : "clone3()", errno);
  if (pid == 0) return {.pid = 0, .pidfd = UniqueFd()};
  return {.pid = static_cast<pid_t>(pid), .pidfd = UniqueFd(pidfd)};
}

void become_root_of_user_namespace(uid_t outer_uid, gid_t outer_gid) {
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", fmt::format("0 {} 1", outer_uid));
  write_file("/proc/self/gid_map", fmt::format("0 {} 1", outer_gid));
}

bool map_all_users(pid_t pid) {
  const long long users = ids_from_root("/proc/self/uid_map");
  const long long groups = ids_from_root("/proc/self/gid_map");
  if (::geteuid() != 0 || users < 2 || groups < 1) return false;
  try {
    write_file(fmt::format("/proc/{}/uid_map", pid).c_str(), fmt::format("0 0 {}", users));
  } catch (const SystemError&) {
    return false;  // root without CAP_SETUID
  }
  write_file(fmt::format("/proc/{}/gid_map", pid).c_str(), fmt::format("0 0 {}", groups));
  return true;
}

bool has_user(uid_t uid) {
  return std::ranges::any_of(id_ranges("/proc/self/uid_map"),
                             [&](const IdRange& range) { return range.contains(uid); });
}

void die_with_parent(int parent) {
  check(::prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl(PR_SET_PDEATHSIG)");
  pollfd ended{.fd = parent, .events = POLLIN, .revents = 0};
  if (::poll(&ended, 1, 0) != 0) ::_exit(1);
}

}  // namespace timewait
