#include "harness/run/guard.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "harness/base/error.h"
#include "harness/kernel/namespaces.h"
#include "harness/process/descendants.h"

namespace timewait {
namespace {

/// What loses its parent becomes a child of the caller, as it does in a pid namespace.
void adopt_orphans() { check(::prctl(PR_SET_CHILD_SUBREAPER, 1), "prctl(PR_SET_CHILD_SUBREAPER)"); }

/// The first process of a pid namespace gets no signal that it has no handler for; the process of a
/// cell is to be like that. Handlers, unlike what is ignored, do not outlive exec().
void take_no_harm_from_signals() {
  for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2})
    ::signal(number, [](int) {});
}

[[noreturn]] void end_as(const siginfo_t& end) {
  if (end.si_code == CLD_EXITED) ::_exit(end.si_status);
  const rlimit no_core{};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::signal(end.si_status, SIG_DFL);
  ::raise(end.si_status);
  ::_exit(128 + end.si_status);
}

[[noreturn]] void guard(int harness, const ClonedProcess& cell, const sigset_t& to_end) {
  ::setpgid(0, 0);  // who ends the group of the harness must not end the guard as well
  const UniqueFd asked(::signalfd(-1, &to_end, SFD_CLOEXEC));
  std::array<pollfd, 3> news{{{.fd = harness, .events = POLLIN, .revents = 0},
                              {.fd = cell.pidfd.get(), .events = POLLIN, .revents = 0},
                              {.fd = asked.get(), .events = POLLIN, .revents = 0}}};
  while (::poll(news.data(), news.size(), -1) < 0) continue;
  ::syscall(SYS_pidfd_send_signal, cell.pidfd.get(), SIGKILL, nullptr, 0);
  siginfo_t end{};
  ::waitid(P_PIDFD, static_cast<id_t>(cell.pidfd.get()), &end, WEXITED);
  end_descendants();
  end_as(end);
}

}  // namespace

void go_on_under_guard(int harness, int output) {
  adopt_orphans();
  sigset_t to_end;
  sigset_t before;
  sigemptyset(&to_end);
  sigaddset(&to_end, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &to_end, &before);
  const UniqueFd self(
      check(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)), "pidfd_open(self)"));
  const ClonedProcess cell = clone_into(0);
  if (cell.pid != 0) {
    ::close(output);
    guard(harness, cell, to_end);
  }
  die_with_parent(self.get());
  adopt_orphans();
  take_no_harm_from_signals();
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace timewait
