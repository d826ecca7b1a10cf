#include "harness/process/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>

#include "harness/base/error.h"
#include "harness/process/test_child_process.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using How = ExitState::How;

/// Looks at the child until `wanted` holds; false when it never did.
bool comes_to(ChildProcess& child, const std::function<bool()>& wanted) {
  const Deadline deadline = Deadline::after(kChildPatience);
  for (child.refresh(); !wanted(); child.refresh()) {
    if (deadline.expired()) return false;
    ::poll(nullptr, 0, 1);
  }
  return true;
}

bool is_alive(pid_t pid) { return ::kill(pid, 0) == 0; }

TEST(ChildProcess, HasItsThreeStreamsConnectedToUs) {
  ChildProcess child = shell("read line; echo \"out $line\"; echo \"err $line\" >&2");
  ASSERT_EQ(::write(child.input().get(), "hello\n", 6), 6);
  EXPECT_EQ(read_all(child.output()), "out hello\n");
  EXPECT_EQ(read_all(child.errors()), "err hello\n");
}

TEST(ChildProcess, SeesTheEndOfItsInputWhenWeCloseIt) {
  ChildProcess child = shell("cat; echo end");
  child.input().reset();
  EXPECT_EQ(read_all(child.output()), "end\n");
}

TEST(ChildProcess, GetsItsArgumentsAsTheyAre) {
  ChildProcess child({"/bin/sh", "-c", "printf '<%s>' \"$@\"", "sh", "a b", "", "*", "$HOME"});
  EXPECT_EQ(read_all(child.output()), "<a b><><*><$HOME>");
}

TEST(ChildProcess, HasNoExitStateWhileItRuns) {
  ChildProcess child = shell("read line");
  child.refresh();
  EXPECT_EQ(child.exit_state(), std::nullopt);
}

TEST(ChildProcess, TellsExitStatus15FromDeathBySigterm) {
  ChildProcess exits = shell("exit 15");
  ChildProcess dies = shell("kill -TERM $$");
  EXPECT_EQ(end_of(exits), (ExitState{How::exited, 15}));
  EXPECT_EQ(end_of(dies), (ExitState{How::killed, SIGTERM}));
}

TEST(ChildProcess, CanBeSentASignal) {
  ChildProcess child = shell("read line");
  child.signal(SIGUSR1);
  EXPECT_EQ(end_of(child), (ExitState{How::killed, SIGUSR1}));
  child.signal(SIGUSR1);
  child.signal_group(SIGUSR1);
}

TEST(ChildProcess, IsSeenToStopAndToGoOn) {
  ChildProcess child = shell("read line");
  EXPECT_FALSE(child.is_stopped());
  child.signal(SIGSTOP);
  EXPECT_TRUE(comes_to(child, [&] { return child.is_stopped(); }));
  child.signal(SIGCONT);
  EXPECT_TRUE(comes_to(child, [&] { return !child.is_stopped(); }));
  EXPECT_EQ(child.exit_state(), std::nullopt);
}

TEST(ChildProcess, LeadsAGroupOfItsOwn) {
  ChildProcess child = shell("read line");
  EXPECT_EQ(::getpgid(child.pid()), child.pid());
}

TEST(ChildProcess, AloneGetsASignalThatIsNotForItsGroup) {
  ChildProcess child = shell("sleep 30 & echo $!; wait");
  const pid_t grandchild = std::stoi(read_line(child.output()));
  child.signal(SIGKILL);
  EXPECT_EQ(end_of(child), (ExitState{How::killed, SIGKILL}));
  EXPECT_TRUE(is_alive(grandchild));
  ::kill(grandchild, SIGKILL);
}

TEST(ChildProcess, PassesAGroupSignalToItsOwnChildren) {
  ChildProcess child = shell("sleep 30 & echo ready; wait");
  EXPECT_EQ(read_line(child.output()), "ready\n");
  child.signal_group(SIGTERM);
  EXPECT_EQ(read_all(child.output()), "");
}

TEST(ChildProcess, TellsHowTheOrphansOfItsGroupEnded) {
  EXPECT_EQ(in_sandbox([] {
              ChildProcess child = shell("exec 3<&0; { read line <&3; exit 7; } & exit 0");
              const std::string end = end_of(child).value().text();
              const std::size_t early = child.orphans().size();
              child.input().reset();
              comes_to(child, [&] { return !child.orphans().empty(); });
              return fmt::format("{}, {} orphans, then {}", end, early,
                                 child.orphans().at(0).end.text());
            }),
            "exit 0, 0 orphans, then exit 7");
}

TEST(ChildProcess, HasOrdinarySignalsWhateverOursAre) {
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  sigset_t all, old;
  sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &old);
  ChildProcess pipe = shell("kill -PIPE $$");
  ChildProcess user = shell("kill -USR1 $$");
  ::sigprocmask(SIG_SETMASK, &old, nullptr);
  ::signal(SIGPIPE, before);
  EXPECT_EQ(end_of(pipe), (ExitState{How::killed, SIGPIPE}));
  EXPECT_EQ(end_of(user), (ExitState{How::killed, SIGUSR1}));
}

TEST(ChildProcess, InheritsNoDescriptorBesidesItsStreams) {
  const UniqueFd inheritable(::fcntl(STDIN_FILENO, F_DUPFD, 40));
  ChildProcess child = shell(fmt::format("ls /proc/self/fd | grep -x {}", inheritable.get()));
  EXPECT_EQ(read_all(child.output()), "");
  EXPECT_EQ(end_of(child), (ExitState{How::exited, 1}));
}

TEST(ChildProcess, CanBeMoved) {
  ChildProcess child = shell("read line; echo \"$line\"");
  ChildProcess moved(std::move(child));
  ASSERT_EQ(::write(moved.input().get(), "hello\n", 6), 6);
  EXPECT_EQ(read_all(moved.output()), "hello\n");
  EXPECT_EQ(end_of(moved), (ExitState{How::exited, 0}));
}

TEST(ChildProcess, SaysWhichProgramCannotBeRunAndWhy) {
  EXPECT_THAT([] { ChildProcess({"/no/such/program"}); },
              testing::ThrowsMessage<Error>("cannot run /no/such/program: No such file or "
                                            "directory"));
  EXPECT_THAT([] { ChildProcess({"/etc/passwd"}); },
              testing::ThrowsMessage<Error>("cannot run /etc/passwd: Permission denied"));
}

TEST(FindProgram, TakesAPathAsItIs) {
  EXPECT_EQ(find_program("/bin/sh"), "/bin/sh");
  EXPECT_EQ(find_program("/no/such/program"), std::nullopt);
  EXPECT_EQ(find_program("/etc/passwd"), std::nullopt);
}

TEST(FindProgram, LooksAWordUpInThePath) {
  EXPECT_THAT(find_program("sh").value_or("nothing"), testing::EndsWith("/sh"));
  EXPECT_EQ(find_program("no-such-program"), std::nullopt);
}

TEST(ChildProcess, TellsWhichSignalHasStoppedIt) {
  ChildProcess child = shell("kill -TSTP $$");
  const Deadline deadline = Deadline::after(kChildPatience);
  while (!child.is_stopped() && !deadline.expired()) child.refresh();
  EXPECT_EQ(child.stopped_by(), SIGTSTP);
}

TEST(ChildProcess, TellsHowMuchMemoryItHadAtMost) {
  ChildProcess child = shell("exit 0");
  EXPECT_EQ(child.peak_memory(), 0U);
  ASSERT_TRUE(end_of(child));
  constexpr std::uint64_t kMiB = 1 << 20;
  EXPECT_GT(child.peak_memory(), kMiB / 2);
  EXPECT_LT(child.peak_memory(), 4096 * kMiB);
}

TEST(ChildProcess, IsLimited) {
  ChildProcess child({"/bin/sh", "-c", "ulimit -Sn; ulimit -Hn"},
                     {{.resource = RLIMIT_NOFILE, .most = 40, .usual = 20}});
  EXPECT_EQ(read_all(child.output()), "20\n40\n");
}

}  // namespace
}  // namespace timewait
