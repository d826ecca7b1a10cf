#include "harness/run/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>

#include "harness/base/error.h"
#include "harness/base/shortage.h"
#include "harness/base/whole_file.h"
#include "harness/kernel/loopback.h"
#include "harness/kernel/namespaces.h"
#include "harness/kernel/small_tcp_table.h"
#include "harness/run/guard.h"

namespace timewait {
namespace {

constexpr int kBroken = 125;

/// What the parent says when it has mapped all users, and when it may not.
constexpr char kMapped = 'y';
constexpr char kNotMapped = 'n';

unsigned long flags_of(Isolation isolation) {
  if (!has_own_network(isolation)) return 0;
  const unsigned long flags = CLONE_NEWNET | CLONE_NEWPID;
  return isolation == Isolation::user_namespace ? flags | CLONE_NEWUSER : flags;
}

/// What the first process of a sandbox gets from the one that made it.
struct Inheritance {
  Isolation isolation;
  uid_t uid;
  gid_t gid;
  int parent;        ///< a pidfd
  int users_mapped;  ///< gives one byte, which says whether the parent has mapped all users
  int output;
};

void become_root(const Inheritance& given) {
  if (given.isolation != Isolation::user_namespace) return;
  char are_mapped = 0;
  if (::read(given.users_mapped, &are_mapped, 1) == 1 && are_mapped == kMapped) return;
  become_root_of_user_namespace(given.uid, given.gid);
}

/// What the kernel makes of the flags is not enough: who runs in it, and in which network.
void settle(const Inheritance& given) {
  if (!has_own_network(given.isolation)) return go_on_under_guard(given.parent, given.output);
  die_with_parent(given.parent);
  become_root(given);
  enter_network_with_small_tcp_table();
  set_loopback(true);
}

/// The life of the sandbox's first process; never returns.
[[noreturn]] void run_inside(const Inheritance& given, const std::function<std::string()>& body) {
  const int output = given.output;
  try {
    settle(given);
    write_whole(output, body(), "record");
    ::close(output);  // the reader need not wait until the kernel has closed a capture
    ::_exit(0);
  } catch (const std::exception& error) {
    const std::string reason = reason_of(error);
    ::write(output, reason.data(), reason.size());
    ::_exit(kBroken);
  }
}

}  // namespace

Sandbox::Sandbox(Isolation isolation, const std::function<std::string()>& body)
    : end_signal_(has_own_network(isolation) ? SIGKILL : SIGTERM) {
  int ends[2];
  check(::pipe2(ends, O_CLOEXEC), "pipe2()");
  output_.reset(ends[0]);
  const UniqueFd write_end(ends[1]);
  check(::fcntl(output_.get(), F_SETFL, O_NONBLOCK), "fcntl(O_NONBLOCK)");
  check(::pipe2(ends, O_CLOEXEC), "pipe2()");
  const UniqueFd users_mapped(ends[0]);
  const UniqueFd users_are_mapped(ends[1]);
  const UniqueFd self(
      check(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)), "pidfd_open(self)"));
  const uid_t uid = ::geteuid();
  const gid_t gid = ::getegid();
  ClonedProcess first = clone_into(flags_of(isolation));
  if (first.pid == 0)
    run_inside({.isolation = isolation,
                .uid = uid,
                .gid = gid,
                .parent = self.get(),
                .users_mapped = users_mapped.get(),
                .output = write_end.get()},
               body);
  pidfd_ = std::move(first.pidfd);
  const bool wants_users = isolation == Isolation::user_namespace;
  const char answer = wants_users && map_all_users(first.pid) ? kMapped : kNotMapped;
  check(::write(users_are_mapped.get(), &answer, 1), "write(users mapped)");
}

Sandbox::~Sandbox() {
  if (!pidfd_) return;
  kill();
  siginfo_t info{};
  ::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED);
}

bool Sandbox::drain(std::string& text) const {
  std::array<char, std::size_t{64} * 1024> chunk;
  while (true) {
    const ssize_t size = ::read(output_.get(), chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return false;
    if (check(size, "read(sandbox)") == 0) return true;
    text.append(chunk.data(), static_cast<std::size_t>(size));
  }
}

void Sandbox::kill() {
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), end_signal_, nullptr, 0);
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGCONT, nullptr, 0);  // a guard may be stopped
}

ExitState Sandbox::wait() {
  siginfo_t info{};
  check(::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED), "waitid(sandbox)");
  pidfd_.reset();
  return ExitState::of(info);
}

}  // namespace timewait
