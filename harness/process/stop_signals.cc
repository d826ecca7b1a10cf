#include "harness/process/stop_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  check(::sigaction(signal, nullptr, &action), "sigaction()");
  return action.sa_handler == SIG_IGN;
}

/// A signal that is ignored and blocked would be reported all the same.
sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    if (!is_ignored(signal)) sigaddset(&set, signal);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t all = stop_signals();
  fd_.reset(check(::signalfd(-1, &all, SFD_NONBLOCK | SFD_CLOEXEC), "signalfd()"));
  check(::sigprocmask(SIG_BLOCK, &all, &before_), "sigprocmask()");
}

StopSignals::~StopSignals() {
  // Those that came after the first one have been heeded.
  if (first_)
    while (take()) continue;
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<int> StopSignals::first() {
  if (first_) return first_;
  first_ = take();
  if (first_ && sigismember(&before_, SIGINT) == 0) {
    sigset_t again;
    sigemptyset(&again);
    sigaddset(&again, SIGINT);
    check(::sigprocmask(SIG_UNBLOCK, &again, nullptr), "sigprocmask()");
  }
  return first_;
}

std::optional<int> StopSignals::take() const {
  signalfd_siginfo info{};
  if (::read(fd_.get(), &info, sizeof info) != sizeof info) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

}  // namespace timewait
