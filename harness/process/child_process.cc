#include "harness/process/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2/environment.hpp>
#include <boost/process/v2/posix/vfork_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "harness/base/error.h"
#include "harness/base/shortage.h"

namespace timewait {
namespace {

namespace process = boost::process::v2;

struct Pipe {
  UniqueFd read_end, write_end;
};

Pipe make_pipe() {
  int ends[2];
  check(::pipe2(ends, O_CLOEXEC), "pipe2()");
  return {.read_end = UniqueFd(ends[0]), .write_end = UniqueFd(ends[1])};
}

UniqueFd non_blocking(UniqueFd fd) {
  check(::fcntl(fd.get(), F_SETFL, O_NONBLOCK), "fcntl(O_NONBLOCK)");
  return fd;
}

/// What happens in the child between vfork() and exec(), while the parent waits and both have one
/// memory: a group of its own, ordinary signals, its limits, and an end when its parent ends.
struct ActorSetup {
  const ProcessLimits& limits;
  pid_t parent;

  template <typename Launcher>
  boost::system::error_code on_exec_setup(Launcher&, const process::filesystem::path&,
                                          const char* const*&) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // should there be nobody left to end it
    if (::getppid() != parent) ::_exit(127);
    // exec() keeps what is ignored, be it by us or by whoever started us with nohup or "&".
    for (int number = 1; number < SIGRTMIN; ++number) ::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    take_on(limits);
    return {};
  }

  /// Without this the launcher would call exit(), which is for the harness to call.
  template <typename Launcher>
  void on_exec_error(Launcher&, const process::filesystem::path&, const char* const*&,
                     const boost::system::error_code&) {
    ::_exit(127);
  }
  /// Boost 1.81 calls the one above, but only if there is also one of this form.
  template <typename Launcher>
  void on_exec_error(Launcher&, const boost::system::error_code&, const process::filesystem::path&,
                     const char* const*&, const boost::system::error_code&) {}
};

void end_at_once(pid_t child) {
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

pid_t launch(const std::vector<std::string>& arguments, const ProcessLimits& limits,
             const UniqueFd& in, const UniqueFd& out, const UniqueFd& err) {
  const std::string& program = arguments.front();
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  process::posix::vfork_launcher launcher;
  try {
    boost::asio::io_context context(1);  // a fresh one has nothing that vfork() could confuse
    process::process child =
        launcher(context.get_executor(), program, rest,
                 process::process_stdio{.in = in.get(), .out = out.get(), .err = err.get()},
                 ActorSetup{.limits = limits, .parent = ::getpid()});
    const pid_t pid = child.id();
    child.detach();
    return pid;
  } catch (const boost::system::system_error& error) {
    // 1.81 leaves it a zombie, or running if it failed after the exec.
    if (launcher.pid > 0) end_at_once(launcher.pid);
    throw Error(fmt::format("cannot run {}: {}{}", program, error.code().message(),
                            advice_for(error.code().value())));
  }
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const ProcessLimits& limits) {
  const std::string& program = arguments.front();
  if (::access(program.c_str(), X_OK) != 0)
    throw Error(fmt::format("cannot run {}: {}", program, std::strerror(errno)));
  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe err = make_pipe();

  pid_ = launch(arguments, limits, in.read_end, out.write_end, err.write_end);
  pidfd_.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (!pidfd_) {
    const int error = errno;
    end_at_once(pid_);
    throw SystemError("pidfd_open()", error);
  }
  input_ = non_blocking(std::move(in.write_end));
  output_ = non_blocking(std::move(out.read_end));
  errors_ = non_blocking(std::move(err.read_end));
}

ChildProcess::~ChildProcess() {
  if (!pidfd_ || exit_state_) return;
  signal_group(SIGKILL);
  signal(SIGKILL);  // it may have left its group
  siginfo_t info{};
  ::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED);
}

void ChildProcess::refresh() {
  while (!exit_state_ && take_event(P_PIDFD, static_cast<id_t>(pidfd_.get()))) continue;
  while (take_event(P_PGID, static_cast<id_t>(pid_))) continue;
}

/// Takes one thing that happened to the process or to an orphan of its group; false when there is
/// none.
bool ChildProcess::take_event(idtype_t type, id_t id) {
  siginfo_t info{};
  rusage used{};  // which the call of the C library does not ask for
  const long result =
      ::syscall(SYS_waitid, type, id, &info, WEXITED | WSTOPPED | WCONTINUED | WNOHANG, &used);
  if (result < 0 && errno == ECHILD) return false;
  check(result, "waitid()");
  if (info.si_pid == 0) return false;
  const bool ended = info.si_code != CLD_STOPPED && info.si_code != CLD_CONTINUED;
  if (info.si_pid != pid_) {
    if (ended) orphans_.push_back({.pid = info.si_pid, .end = ExitState::of(info)});
  } else if (ended) {
    exit_state_ = ExitState::of(info);
    peak_memory_ = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
  } else {
    stopped_by_ = info.si_code == CLD_STOPPED ? info.si_status : 0;
  }
  return true;
}

void ChildProcess::signal(int number) {
  ::syscall(SYS_pidfd_send_signal, pidfd_.get(), number, nullptr, 0);
}

void ChildProcess::signal_group(int number) { ::kill(-pid_, number); }

std::optional<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos)
    return ::access(name.c_str(), X_OK) == 0 ? std::optional(name) : std::nullopt;
  const auto path = process::environment::find_executable(name);
  if (path.empty()) return std::nullopt;
  return path.string();
}

}  // namespace timewait
