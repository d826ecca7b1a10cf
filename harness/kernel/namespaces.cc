#include "harness/kernel/namespaces.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <string_view>

#include "harness/base/error.h"

namespace timewait {
namespace {

void write_file(const char* path, std::string_view text) {
  const UniqueFd fd(check(::open(path, O_WRONLY | O_CLOEXEC), fmt::format("open({})", path)));
  check(::write(fd.get(), text.data(), text.size()), fmt::format("write({}, {})", path, text));
}

}  // namespace

ClonedProcess clone_into(unsigned long flags) {
  int pidfd = -1;
  clone_args arguments{};
  arguments.flags = flags | CLONE_PIDFD;
  arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  const long pid = check(::syscall(SYS_clone3, &arguments, sizeof arguments), "clone3()");
  if (pid == 0) return {.pid = 0, .pidfd = UniqueFd()};
  return {.pid = static_cast<pid_t>(pid), .pidfd = UniqueFd(pidfd)};
}

void become_root_of_user_namespace(uid_t outer_uid, gid_t outer_gid) {
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", fmt::format("0 {} 1", outer_uid));
  write_file("/proc/self/gid_map", fmt::format("0 {} 1", outer_gid));
}

void die_with_parent(int parent) {
  check(::prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl(PR_SET_PDEATHSIG)");
  pollfd ended{.fd = parent, .events = POLLIN, .revents = 0};
  if (::poll(&ended, 1, 0) != 0) ::_exit(1);
}

}  // namespace timewait
