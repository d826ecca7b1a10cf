// The floor of scripts/bench: the system calls that the scenario message_pair.toml costs and
// nothing else, without evidence. No scenario, no records, no judging, no spawn library; straight
// down, cells at a time by the simplest means. What timewait costs above this is the price of being
// told what happened, less what it saves by starting programs with vfork() instead of fork().
//
//   timewait_floor PROGRAMS CELLS JOBS

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/kernel/loopback.h"
#include "harness/kernel/namespaces.h"
#include "harness/kernel/small_tcp_table.h"
#include "harness/kernel/socket_table.h"

namespace {

using namespace timewait;

struct Child {
  pid_t pid = -1;
  UniqueFd input, output, errors;
};

Child spawn(const std::string& program) {
  int in[2], out[2], err[2];
  check(pipe2(in, O_CLOEXEC), "pipe2");
  check(pipe2(out, O_CLOEXEC), "pipe2");
  check(pipe2(err, O_CLOEXEC), "pipe2");
  const pid_t pid = check(fork(), "fork");
  if (pid == 0) {
    setpgid(0, 0);
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  close(err[1]);
  return {
      .pid = pid, .input = UniqueFd(in[1]), .output = UniqueFd(out[0]), .errors = UniqueFd(err[0])};
}

void pause_for(long microseconds) {
  const timespec pause{.tv_sec = 0, .tv_nsec = microseconds * 1000};
  ppoll(nullptr, 0, &pause, nullptr);
}

template <typename Condition>
void wait_for(SocketTable& table, Condition condition) {
  while (!std::ranges::any_of(table.read(), condition)) pause_for(50);
}

void wait_for_change(pid_t pid, int options) {
  siginfo_t info{};
  check(waitid(P_PID, static_cast<id_t>(pid), &info, options), "waitid");
}

/// One cell, inside its sandbox: true when TIME_WAIT was there and bind() said EADDRINUSE.
bool play(const std::string& programs) {
  constexpr std::uint16_t kPort = 12000;
  constexpr std::uint32_t kMessage = 40;
  constexpr long kHeadStart = 400;  // microseconds until a program can have made its calls
  SocketTable table;
  const Child server = spawn(programs + "/message_server");
  pause_for(kHeadStart);
  wait_for(table, [](const SocketEntry& entry) { return entry.state == TcpState::listen; });
  const Child client = spawn(programs + "/message_client");
  pause_for(kHeadStart);
  wait_for(table, [](const SocketEntry& entry) {
    return entry.state == TcpState::established && entry.remote.port() == kPort;
  });
  kill(server.pid, SIGSTOP);
  wait_for_change(server.pid, WSTOPPED);
  check(write(client.input.get(), "hello\n", 6), "write");
  wait_for(table, [](const SocketEntry& entry) {
    return entry.state != TcpState::listen && entry.unread == kMessage;
  });
  kill(client.pid, SIGSTOP);
  wait_for_change(client.pid, WSTOPPED);
  kill(server.pid, SIGCONT);
  wait_for_change(server.pid, WEXITED);
  kill(client.pid, SIGCONT);
  wait_for_change(client.pid, WEXITED);
  wait_for(table, [](const SocketEntry& entry) { return entry.state == TcpState::time_wait; });

  const UniqueFd socket(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  const SocketAddress address(*Endpoint::parse("0.0.0.0:12000"));
  const bool in_use = bind(socket.get(), address.get(), address.size()) < 0 && errno == EADDRINUSE;
  return in_use;
}

ClonedProcess start_cell(const std::string& programs, int self) {
  const uid_t uid = geteuid();
  const gid_t gid = getegid();
  ClonedProcess first = clone_into(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID);
  if (first.pid != 0) return first;
  become_root_of_user_namespace(uid, gid);
  die_with_parent(self);
  enter_network_with_small_tcp_table();
  set_loopback(true);
  _exit(play(programs) ? 0 : 1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: timewait_floor PROGRAMS CELLS JOBS\n", stderr);
    return 2;
  }
  const std::string programs = argv[1];
  const int cells = std::atoi(argv[2]);
  const int jobs = std::atoi(argv[3]);
  const UniqueFd self(static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0)));
  int failed = 0;
  for (int started = 0, ended = 0; ended < cells;) {
    if (started < cells && started - ended < jobs) {
      start_cell(programs, self.get());
      ++started;
      continue;
    }
    int status = 0;
    wait(&status);
    failed += status != 0;
    ++ended;
  }
  return failed == 0 ? 0 : 1;
}
