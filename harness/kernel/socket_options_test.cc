#include "harness/kernel/socket_options.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness/base/open_descriptors.h"
#include "harness/kernel/namespaces.h"

namespace timewait {
namespace {

/// A copy of this process, which keeps open what was open when it was made.
class Copy {
 public:
  Copy() : process_(clone_into(0)) {
    if (process_.pid != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (true) ::pause();
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy() {
    end();
    ::waitpid(process_.pid, nullptr, 0);
  }

  int pidfd() const { return process_.pidfd.get(); }

  /// Ends it, but leaves it for its destructor to reap.
  void end() const {
    siginfo_t how{};
    ::kill(process_.pid, SIGKILL);
    ::waitid(P_PID, static_cast<id_t>(process_.pid), &how, WEXITED | WNOWAIT);
  }

 private:
  ClonedProcess process_;
};

UniqueFd tcp_socket() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

std::uint64_t cookie_of(const UniqueFd& fd) {
  std::uint64_t cookie = 0;
  socklen_t size = sizeof cookie;
  EXPECT_EQ(::getsockopt(fd.get(), SOL_SOCKET, SO_COOKIE, &cookie, &size), 0);
  return cookie;
}

TEST(SocketLook, ShowsTheOptionsOfTheSocketInTheOtherProcess) {
  for (const auto& [set, name] : kOptionSets.rows()) {
    UniqueFd other_socket = tcp_socket();
    UniqueFd fd = tcp_socket();
    apply(set, fd.get());
    const std::uint64_t cookie = cookie_of(fd);
    const Copy copy;
    fd.reset();
    const SocketLook look = look_at_socket(copy.pidfd(), cookie);
    EXPECT_EQ(look.held, SocketLook::Held::yes) << name;
    EXPECT_EQ(look.options, set) << name;
  }
}

TEST(SocketLook, KnowsASocketThatTheProcessDoesNotHold) {
  const Copy copy;
  const UniqueFd made_later = tcp_socket();
  EXPECT_EQ(look_at_socket(copy.pidfd(), cookie_of(made_later)).held, SocketLook::Held::no);
}

TEST(SocketLook, KnowsNothingOfAProcessThatHasEnded) {
  const UniqueFd fd = tcp_socket();
  const Copy copy;
  copy.end();
  EXPECT_EQ(look_at_socket(copy.pidfd(), cookie_of(fd)).held, SocketLook::Held::unknown);
}

TEST(SocketLook, GivesEveryBorrowedDescriptorBack) {
  const UniqueFd fd = tcp_socket();
  const std::uint64_t cookie = cookie_of(fd);
  const Copy copy;
  const auto before = open_descriptors();
  EXPECT_EQ(look_at_socket(copy.pidfd(), cookie).held, SocketLook::Held::yes);
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_EQ(look_at_socket(copy.pidfd(), 0).held, SocketLook::Held::no);
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace timewait
