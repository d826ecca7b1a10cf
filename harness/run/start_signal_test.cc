#include "harness/run/start_signal.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>

namespace timewait {
namespace {

TEST(StartSignal, MayBeGivenBeforeAnybodyWaits) {
  const StartSignal start;
  start.give();
  start.wait();
}

TEST(StartSignal, LetsAForkedProcessGoOn) {
  const StartSignal start;
  const pid_t child = ::fork();
  if (child == 0) {
    start.wait();
    ::_exit(7);
  }
  pollfd awaited{.fd = start.awaited_fd(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&awaited, 1, 10'000), 1) << "it must say that it is ready";
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, WNOHANG), 0) << "it must wait";
  start.give();
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

}  // namespace
}  // namespace timewait
