#include "harness/kernel/call_filter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

/// What `body` returns, 0 to 255, in a process for which the kernel is broken.
int broken_by(KernelMutation mutation, const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    install_call_filter(mutation);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

UniqueFd tcp_socket() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

/// 10 for a call that failed; else 1 when the option is set afterwards and 0 when it is not.
int set_and_get(int option) {
  const UniqueFd fd = tcp_socket();
  const linger on{.l_onoff = 1, .l_linger = 1};  // read as an int it is 1 as well
  linger value{};
  socklen_t size = sizeof value;
  if (::setsockopt(fd.get(), SOL_SOCKET, option, &on, sizeof on) != 0) return 10;
  if (::getsockopt(fd.get(), SOL_SOCKET, option, &value, &size) != 0) return 10;
  return value.l_onoff != 0 ? 1 : 0;
}

TEST(CallFilter, IgnoresOneOptionAndNoOther) {
  const struct {
    KernelMutation mutation;
    int option;
  } rows[] = {
      {KernelMutation::no_reuseaddr, SO_REUSEADDR}, {KernelMutation::no_reuseport, SO_REUSEPORT},
      {KernelMutation::no_linger, SO_LINGER},       {KernelMutation::no_keepalive, SO_KEEPALIVE},
      {KernelMutation::no_broadcast, SO_BROADCAST},
  };
  for (const auto& broken : rows)
    for (const auto& tried : rows) {
      SCOPED_TRACE(
          fmt::format("{} and option {}", kKernelMutations.name(broken.mutation), tried.option));
      EXPECT_EQ(broken_by(broken.mutation, [&] { return set_and_get(tried.option); }),
                broken.option == tried.option ? 0 : 1);
    }
}

TEST(CallFilter, LetsTheSameNumberThroughAtAnotherLevel) {
  const auto set_maximum_segment = [] {
    const UniqueFd fd = tcp_socket();
    static_assert(TCP_MAXSEG == SO_REUSEADDR);
    const int size_of_segment = 1;  // too small
    return ::setsockopt(fd.get(), IPPROTO_TCP, TCP_MAXSEG, &size_of_segment, sizeof(int)) < 0;
  };
  EXPECT_TRUE(broken_by(KernelMutation::no_reuseaddr, set_maximum_segment));
}

TEST(CallFilter, IgnoresAWholeCall) {
  const auto shut_down = [] { return ::shutdown(tcp_socket().get(), SHUT_RDWR) == 0 ? 0 : 1; };
  EXPECT_EQ(shut_down(), 1);  // it is not connected
  EXPECT_EQ(broken_by(KernelMutation::no_shutdown, shut_down), 0);
  EXPECT_EQ(broken_by(KernelMutation::no_linger, shut_down), 1);
}

TEST(CallFilter, HoldsForProcessesThatAreStartedLater) {
  const auto in_a_child = [] {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(set_and_get(SO_REUSEADDR));
    int status = 0;
    ::waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  };
  EXPECT_EQ(broken_by(KernelMutation::no_reuseaddr, in_a_child), 0);
}

TEST(CallFilter, NamesWhatIsIgnored) {
  EXPECT_EQ(ignored_by(KernelMutation::no_reuseaddr), "SO_REUSEADDR");
  EXPECT_EQ(ignored_by(KernelMutation::no_shutdown), "shutdown");
}

}  // namespace
}  // namespace timewait
