#include "harness/process/stop_signals.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>

#include "harness/base/open_descriptors.h"

namespace timewait {
namespace {

bool is_readable(int fd) {
  pollfd event{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, 0) == 1;
}

/// What becomes of a child process that does `work` with its signals as they usually are.
template <typename Work>
int status_of(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
    work();
    ::_exit(0);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

class StopSignal : public testing::TestWithParam<int> {};

TEST_P(StopSignal, IsHeldBackAndCanBePolledFor) {
  StopSignals signals;
  EXPECT_EQ(signals.first(), std::nullopt);
  EXPECT_FALSE(is_readable(signals.fd()));
  ::raise(GetParam());
  EXPECT_TRUE(is_readable(signals.fd()));
  EXPECT_EQ(signals.first(), GetParam());
  EXPECT_EQ(signals.first(), GetParam());
}

TEST_P(StopSignal, EndsTheProcessAsEverWhenItWasNotTaken) {
  const int status = status_of([] {
    StopSignals signals;
    ::raise(GetParam());
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), GetParam());
}

TEST_P(StopSignal, StaysIgnoredWhereItWas) {
  const int status = status_of([] {
    ::signal(GetParam(), SIG_IGN);
    StopSignals signals;
    ::raise(GetParam());
    if (signals.first()) ::_exit(1);
  });
  EXPECT_EQ(status, 0);
}

INSTANTIATE_TEST_SUITE_P(Each, StopSignal, testing::Values(SIGINT, SIGTERM, SIGHUP),
                         [](const auto& row) {
                           return row.param == SIGINT    ? "SIGINT"
                                  : row.param == SIGTERM ? "SIGTERM"
                                                         : "SIGHUP";
                         });

TEST(StopSignals, LetASecondInterruptEndTheProcess) {
  const int status = status_of([] {
    StopSignals signals;
    ::raise(SIGTERM);
    signals.first();
    ::raise(SIGINT);
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(StopSignals, OutliveASecondSignalOfAnotherKind) {
  const int status = status_of([] {
    {
      StopSignals signals;
      ::raise(SIGHUP);
      signals.first();
      ::raise(SIGHUP);
      ::raise(SIGTERM);
      if (signals.first() != SIGHUP) ::_exit(1);
    }
    ::_exit(7);
  });
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(StopSignals, LeaveMaskAndDescriptorsAsTheyWere) {
  sigset_t before;
  ::sigprocmask(SIG_BLOCK, nullptr, &before);
  const auto descriptors = open_descriptors();
  {
    StopSignals signals;
    ::raise(SIGINT);
    signals.first();
  }
  sigset_t after;
  ::sigprocmask(SIG_BLOCK, nullptr, &after);
  for (int signal = 1; signal < SIGRTMIN; ++signal)
    EXPECT_EQ(sigismember(&before, signal), sigismember(&after, signal)) << signal;
  EXPECT_EQ(open_descriptors(), descriptors);
}

}  // namespace
}  // namespace timewait
