#include "harness/run/sandbox.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness/base/unique_fd.h"
#include "harness/base/whole_file.h"
#include "harness/process/descendants.h"

namespace timewait {
namespace {

TEST(Sandbox, EndsWithItsObjectAlsoWhenItsGuardIsStopped) {
  if (!can_find_descendants()) GTEST_SKIP() << "/proc does not tell which processes there are";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  const Sandbox sandbox(Isolation::loopback, [&]() -> std::string {
    write_whole(write_end.get(), "x", "pipe");
    while (true) ::pause();
  });
  write_end.reset();
  char byte = 0;
  ASSERT_EQ(::read(read_end.get(), &byte, 1), 1) << "the cell runs, so it has a guard";
  ASSERT_EQ(::syscall(SYS_pidfd_send_signal, sandbox.pidfd(), SIGSTOP, nullptr, 0), 0);
  siginfo_t stop{};
  ASSERT_EQ(
      ::waitid(P_PIDFD, static_cast<id_t>(sandbox.pidfd()), &stop, WSTOPPED | WEXITED | WNOWAIT),
      0);
  EXPECT_EQ(stop.si_code, CLD_STOPPED);
}

}  // namespace
}  // namespace timewait
