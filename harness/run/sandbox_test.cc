#include "harness/run/sandbox.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "harness/process/descendants.h"

namespace timewait {
namespace {

TEST(Sandbox, EndsWithItsObjectAlsoWhenItsGuardIsStopped) {
  if (!can_find_descendants()) GTEST_SKIP() << "/proc does not tell which processes there are";
  const Sandbox sandbox(Isolation::loopback, []() -> std::string {
    while (true) ::pause();
  });
  EXPECT_EQ(::syscall(SYS_pidfd_send_signal, sandbox.pidfd(), SIGSTOP, nullptr, 0), 0);
}

}  // namespace
}  // namespace timewait
