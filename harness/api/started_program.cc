#include "harness/api/started_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "timewait/timewait.h"

namespace timewait {
inline namespace v1 {
namespace {

constexpr int kKilledBySignal = 128;

[[noreturn]] void fail(const std::string& what, int error) {
  throw RunError("cannot " + what + ": " + std::strerror(error));
}

/// A pipe whose two ends no other program inherits.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) fail("make a pipe", errno);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }

  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void close_writing() { close_end(1); }

  /// Takes what is there into `text`; at the end of the stream nothing is read any more.
  void drain_into(std::string& text) {
    std::array<char, std::size_t{64} * 1024> chunk;
    const ssize_t size = ::read(reading(), chunk.data(), chunk.size());
    if (size > 0) text.append(chunk.data(), static_cast<std::size_t>(size));
    if (size == 0 || (size < 0 && errno != EINTR)) close_end(0);
  }

 private:
  void close_end(std::size_t which) {
    if (ends_[which] >= 0) ::close(ends_[which]);
    ends_[which] = -1;
  }

  std::array<int, 2> ends_{-1, -1};
};

/// What the program gets: its streams, and no signal blocked or ignored because we do so.
class SpawnSettings {
 public:
  SpawnSettings(int output, int errors) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    ::posix_spawnattr_init(&attributes_);
    sigset_t set;
    ::sigemptyset(&set);
    ::posix_spawnattr_setsigmask(&attributes_, &set);
    ::sigfillset(&set);
    ::posix_spawnattr_setsigdefault(&attributes_, &set);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  pid_t spawn(const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    pid_t pid = -1;
    const int error =
        ::posix_spawnp(&pid, arguments[0], &actions_, &attributes_, arguments.data(), environ);
    if (error != 0) fail("start " + command.front(), error);
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

void read_both(Pipe& output, Pipe& errors, ProgramOutput& result) {
  while (output.reading() >= 0 || errors.reading() >= 0) {
    std::array<pollfd, 2> streams{{{.fd = output.reading(), .events = POLLIN, .revents = 0},
                                   {.fd = errors.reading(), .events = POLLIN, .revents = 0}}};
    if (::poll(streams.data(), streams.size(), -1) < 0 && errno != EINTR) fail("poll", errno);
    if (streams[0].revents != 0) output.drain_into(result.output);
    if (streams[1].revents != 0) errors.drain_into(result.errors);
  }
}

int status_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) fail("wait for timewait (is SIGCHLD ignored?)", errno);
  return WIFSIGNALED(status) ? kKilledBySignal + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& command) {
  Pipe output;
  Pipe errors;
  const pid_t pid = SpawnSettings(output.writing(), errors.writing()).spawn(command);
  output.close_writing();
  errors.close_writing();
  ProgramOutput result;
  read_both(output, errors, result);
  result.status = status_of(pid);
  return result;
}

}  // namespace v1
}  // namespace timewait
