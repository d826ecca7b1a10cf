#include "harness/process/process_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <csignal>

#include "harness/process/test_child_process.h"

namespace timewait {
namespace {

TEST(NewestPid, GrowsWithEachFork) {
  const NewestPid newest;
  const auto before = newest.read();
  if (!before) GTEST_SKIP() << "this kernel does not tell";
  const ChildProcess child({"/bin/cat"});
  // Others fork on this machine, too, and numbers start anew at the largest.
  EXPECT_NE(newest.read(), before);
}

/// Of a process that may still be about to execute its program.
std::optional<ProcessView::Image> image_soon(const ProcessView& view) {
  const Deadline deadline = Deadline::after(kChildPatience);
  std::optional<ProcessView::Image> image;
  while (!(image = view.image()) && !deadline.expired()) ::sched_yield();
  return image;
}

TEST(ProcessView, ShowsWhatAProcessRuns) {
  const ChildProcess child({"/bin/cat"});
  const ProcessView view(child.pidfd());
  const auto image = image_soon(view);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->name, "cat");
  EXPECT_EQ(ProcessView(child.pidfd()).image(), image);
}

TEST(ProcessView, ShowsAnotherImageAfterAnExecutionOfTheSameProgram) {
  ChildProcess child({"/bin/sh", "-c", "read line; exec /bin/sh -c 'echo again; read line'"});
  const ProcessView view(child.pidfd());
  const auto before = image_soon(view);
  ASSERT_EQ(::write(child.input().get(), "\n", 1), 1);
  char byte = 0;
  while (::read(child.output().get(), &byte, 1) != 1) continue;
  const auto after = image_soon(view);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->name, after->name);
  EXPECT_NE(before, after);
}

TEST(ProcessView, ShowsOneImageForEachExecutionWheneverItIsAsked) {
  constexpr int kExecutions = 200;
  const std::string script = R"([ $1 -eq 0 ] || exec /bin/sh -c "$0" "$0" $(($1 - 1)))";
  ChildProcess child({"/bin/sh", "-c", script, script, std::to_string(kExecutions)});
  const ProcessView view(child.pidfd());
  int images = 0;
  std::optional<ProcessView::Image> last;
  for (; !child.exit_state(); child.refresh()) {
    const auto image = view.image();
    if (!image || image == last) continue;
    last = image;
    ++images;
  }
  EXPECT_LE(images, kExecutions + 1);
}

TEST(ProcessView, ShowsNothingOfAProcessThatIsGone) {
  UniqueFd pidfd;
  {
    const ChildProcess child({"/bin/cat"});
    pidfd.reset(::dup(child.pidfd()));
  }
  const ProcessView view(pidfd.get());
  EXPECT_FALSE(view.image());
  EXPECT_TRUE(view.sockets().empty());
}

TEST(ProcessView, ListsTheSocketsOfAProcess) {
  const UniqueFd socket(::socket(AF_INET, SOCK_STREAM, 0));  // inherited on purpose
  struct stat status {};
  ASSERT_EQ(::fstat(socket.get(), &status), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  EXPECT_THAT(ProcessView(pidfd.get()).sockets(),
              testing::Contains(static_cast<std::uint32_t>(status.st_ino)));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace timewait
