#include "harness/process/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <functional>

#include "harness/base/deadline.h"
#include "harness/base/error.h"
#include "harness/base/open_descriptors.h"
#include "harness/base/temporary_folder.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using How = ExitState::How;

constexpr Duration kPatience = std::chrono::seconds(10);

ChildProcess shell(const std::string& script) { return ChildProcess({"/bin/sh", "-c", script}); }

/// How the child ended; nothing when it did not within our patience.
std::optional<ExitState> end_of(ChildProcess& child) {
  pollfd ended{.fd = child.pidfd(), .events = POLLIN, .revents = 0};
  ::poll(&ended, 1, poll_timeout(kPatience));
  child.refresh();
  return child.exit_state();
}

/// What comes from the descriptor until `enough` holds or all writers are gone. "..." at the end
/// stands for our patience being over.
std::string read_until(const UniqueFd& fd, const std::function<bool(const std::string&)>& enough) {
  const Deadline deadline = Deadline::after(kPatience);
  std::string text;
  pollfd readable{.fd = fd.get(), .events = POLLIN, .revents = 0};
  while (!enough(text)) {
    if (::poll(&readable, 1, poll_timeout(deadline.remaining())) != 1) return text + "...";
    char byte = 0;
    if (::read(fd.get(), &byte, 1) != 1) break;
    text += byte;
  }
  return text;
}

std::string read_all(const UniqueFd& fd) {
  return read_until(fd, [](const std::string&) { return false; });
}

/// A line with its newline.
std::string read_line(const UniqueFd& fd) {
  return read_until(fd, [](const std::string& text) { return text.ends_with('\n'); });
}

/// Looks at the child until `wanted` holds; false when it never did.
bool comes_to(ChildProcess& child, const std::function<bool()>& wanted) {
  const Deadline deadline = Deadline::after(kPatience);
  for (child.refresh(); !wanted(); child.refresh()) {
    if (deadline.expired()) return false;
    ::poll(nullptr, 0, 1);
  }
  return true;
}

bool is_alive(pid_t pid) { return ::kill(pid, 0) == 0; }

/// True when not even a zombie is left of our children.
bool has_no_children() {
  siginfo_t child{};
  return ::waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD;
}

/// An executable file in a folder of its own that goes with this object.
class ExecutableFile {
 public:
  explicit ExecutableFile(const std::string& content) : path_(folder_.write("program", content)) {
    check(::chmod(path_.c_str(), 0755), "chmod()");
  }

  const std::string& path() const { return path_; }

 private:
  TemporaryFolder folder_;
  std::string path_;
};

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

TEST(ChildProcess, LeavesNoZombieAndNoDescriptor) {
  const auto before = open_descriptors();
  {
    ChildProcess ended = shell("exit 0");
    EXPECT_TRUE(end_of(ended));
    const ChildProcess never_looked_at = shell("exit 0");
    const ChildProcess running = shell("read line");
  }
  EXPECT_TRUE(has_no_children());
  EXPECT_EQ(open_descriptors(), before);
}

TEST(ChildProcess, LeavesNoZombieAndNoDescriptorWhenTheProgramIsMissing) {
  const auto before = open_descriptors();
  EXPECT_THROW(ChildProcess({"/no/such/program"}), Error);
  EXPECT_TRUE(has_no_children());
  EXPECT_EQ(open_descriptors(), before);
}

TEST(ChildProcess, LeavesNoZombieAndNoDescriptorWhenTheKernelCannotExecuteTheProgram) {
  const ExecutableFile file("#!/no/such/interpreter\n");
  const auto before = open_descriptors();
  EXPECT_THROW(ChildProcess({file.path()}), Error);
  EXPECT_TRUE(has_no_children());
  EXPECT_EQ(open_descriptors(), before);
}

TEST(ChildProcess, EndsWithItsObjectAlsoWhenItIgnoresSigterm) {
  ChildProcess other = shell("read line");
  UniqueFd output;
  {
    ChildProcess child = shell("trap '' TERM; echo ready; sleep 30");
    EXPECT_EQ(read_line(child.output()), "ready\n");
    child.signal_group(SIGTERM);
    output = std::move(child.output());
  }
  EXPECT_EQ(read_all(output), "");
  other.refresh();
  EXPECT_EQ(other.exit_state(), std::nullopt);
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
  const Deadline deadline = Deadline::after(kPatience);
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
