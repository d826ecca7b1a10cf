#include "harness/process/descendants.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

/// What `body` returns in a process of its own that adopts orphans.
int in_subreaper(int (*body)()) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/// Starts a child, a stopped one, and a daemon that left its parent, its group and its session; all
/// hold `fd`. Returns when all are there.
void start_a_family(int fd) {
  int ready[2];
  if (::pipe(ready) != 0) ::_exit(9);
  const auto stay = [&] {
    char one = 0;
    if (::write(ready[1], &one, 1) != 1) ::_exit(9);
    ::close(ready[1]);
    while (fd >= 0) ::pause();
  };
  if (::fork() == 0) stay();
  const pid_t stopped = ::fork();
  if (stopped == 0) stay();
  if (::fork() == 0) {
    ::setsid();
    if (::fork() == 0) stay();
    ::_exit(0);
  }
  ::close(ready[1]);
  char one = 0;
  while (::read(ready[0], &one, 1) == 1) continue;
  ::close(ready[0]);
  ::kill(stopped, SIGSTOP);
}

TEST(Descendants, EndAllOfThem) {
  if (!can_find_descendants()) GTEST_SKIP() << "/proc does not show processes as they are counted";
  EXPECT_EQ(in_subreaper([] {
              int held[2];
              if (::pipe(held) != 0) return 9;
              start_a_family(held[1]);
              ::close(held[1]);
              end_descendants();
              char one = 0;
              if (::read(held[0], &one, 1) != 0) return 1;  // at its end when nobody holds it
              return ::waitpid(-1, nullptr, WNOHANG) < 0 ? 0 : 2;
            }),
            0);
}

TEST(Descendants, AreNobodyElse) {
  if (!can_find_descendants()) GTEST_SKIP() << "/proc does not show processes as they are counted";
  const pid_t sibling = ::fork();
  if (sibling == 0)
    for (;;) ::pause();
  EXPECT_EQ(in_subreaper([] { return end_descendants(), 0; }), 0);
  EXPECT_EQ(::waitpid(sibling, nullptr, WNOHANG), 0) << "a sibling was killed";
  ::kill(sibling, SIGKILL);
  ::waitpid(sibling, nullptr, 0);
}

TEST(ParentOf, IsWhatForkSaid) {
  EXPECT_EQ(parent_of(::getpid()), ::getppid());
  EXPECT_EQ(parent_of(0), std::nullopt);
}

}  // namespace
}  // namespace timewait
