// For each kind of check a test in which it fails: what timewait says when a scenario, a program or
// the machine is not what it should be. All of it on the real kernel, through the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/base/deadline.h"
#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

constexpr int kFail = 1;
constexpr int kInconclusive = 3;
constexpr int kCannotRunHere = 77;
constexpr int kBroken = 125;

/// A scenario file around a script.
std::string scenario(const std::string& script, const std::string& expect = "bound") {
  return "title = \"A test\"\nteaches = \"Nothing.\"\nfrom = [\"ours\"]\nexpect = \"" + expect +
         "\"\nscript = \"\"\"\n" + script + "\"\"\"\n";
}

/// Runs one such scenario with little patience.
CommandResult run(const std::string& script, const std::string& expect = "bound") {
  const TemporaryFolder folder;
  const std::string file = folder.write("test.toml", scenario(script, expect));
  return run_timewait({"run", file, "--no-out", "--step-timeout", "0.5"});
}

/// The message pair, the client's close forced to be the first or the last.
constexpr const char* kServerClosesFirst =
    "server runs message_server\n"
    "client runs message_client\n"
    "server gets SIGSTOP\n"
    "client types hello\n"
    "server has 40 unread\n"
    "client gets SIGSTOP\n"
    "server gets SIGCONT\n"
    "server exits\n"
    "await server FIN_WAIT2\n"
    "client gets SIGCONT\n"
    "client exits\n";

constexpr const char* kClientClosesFirst =
    "server runs chat_server\n"
    "client runs chat_client\n"
    "server accepts\n"
    "client ends its input\n"
    "client exits\n"
    "await server LISTEN\n"
    "server gets SIGKILL\n"
    "server dies of SIGKILL\n";

/// Processes on this machine, whose command line contains `phrase`.
std::vector<pid_t> processes_with(const std::string& phrase) {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "cmdline");
    std::ostringstream line;
    line << file.rdbuf();  // of a process that is just ending nothing comes
    if (line.str().find(phrase) != std::string::npos)
      found.push_back(std::atoi(entry.path().filename().c_str()));
  }
  return found;
}

/// An address by which the processes of this very test can be told from all others.
std::string unique_address() { return "127.0.0.1:" + std::to_string(20000 + ::getpid() % 10000); }

template <typename Condition>
bool eventually(Condition condition) {
  const Deadline deadline = Deadline::after(seconds(10));
  while (!condition()) {
    if (deadline.expired()) return false;
    ::poll(nullptr, 0, 1);
  }
  return true;
}

TEST(Honesty, PassesWhatIsAsExpectedAndWasSeen) {
  const auto result =
      run(std::string(kServerClosesFirst) + "precondition server TIME_WAIT\nrebind with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("1 pass"));
}

TEST(Honesty, FailsAWrongExpectation) {
  const auto result =
      run(std::string(kServerClosesFirst) + "precondition server TIME_WAIT\nrebind with plain\n");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("expected bound, got bind:EADDRINUSE"));
}

TEST(Honesty, DoesNotPassTheRightOutcomeWhenThePreconditionWasNotSeen) {
  const auto result =
      run(std::string(kClientClosesFirst) + "precondition server TIME_WAIT\nrebind with plain\n");
  EXPECT_EQ(result.end.number, kInconclusive);
  EXPECT_THAT(result.output, HasSubstr("before the attempt server had to be TIME_WAIT, but the "));
  EXPECT_THAT(result.output, HasSubstr("held nothing"));
}

TEST(Honesty, DoesNotPassWhenSomethingElseHoldsThePortToo) {
  const auto result =
      run("server runs chat_server\nclient runs chat_client\nserver accepts\n"
          "precondition server ESTABLISHED\nrebind with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kInconclusive);
  EXPECT_THAT(result.output, HasSubstr("held ESTABLISHED, LISTEN"));
}

/// An orphaned FIN_WAIT2 that goes after one second, or, where `timeout` is above 60, much later.
std::string orphan(int timeout) {
  return "sysctl net.ipv4.tcp_fin_timeout = " + std::to_string(timeout) +
         "\nserver runs message_server\nclient runs message_client\nserver accepts\n"
         "server gets SIGKILL\nserver dies of SIGKILL\n"
         "precondition client CLOSE_WAIT\nprecondition server FIN_WAIT2\n";
}

TEST(Honesty, MeasuresHowLongThePortIsHeld) {
  const auto result = run(orphan(1) + "rebind until bound after 1 s\n");
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, testing::ContainsRegex("bound after [0-9.]+ s \\(1 to [0-9.]+ s\\)"));
}

TEST(Honesty, FailsAPortThatIsFreeTooEarly) {
  const auto result = run(orphan(1) + "rebind until bound after 30 s\n");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output,
              testing::ContainsRegex("bound after [0-2]\\.[0-9]+ s, expected 30 to 3[0-9.]+ s"));
}

TEST(Honesty, FailsAPortThatIsNotFreeInTime) {
  const auto result = run(orphan(60) + "rebind until bound after 1 s\n");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output,
              testing::ContainsRegex("still bind:EADDRINUSE after [0-9.]+ s, expected bound after "
                                     "1 to 1[0-9.]* s"));
}

TEST(Honesty, FailsAPortThatIsNotInUseAtAll) {
  const auto result = run(std::string(kClientClosesFirst) +
                          "precondition server nothing\nrebind until bound after 60 s\n");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("the first attempt was bound: the port was not in use"));
}

TEST(Honesty, WaitsForNothingWhenThePreconditionWasNotSeen) {
  const auto result = run(std::string(kServerClosesFirst) +
                          "precondition server FIN_WAIT2\nrebind until bound after 60 s\n");
  EXPECT_EQ(result.end.number, kInconclusive);
  EXPECT_THAT(result.output, HasSubstr("had to be FIN_WAIT2"));
}

TEST(Honesty, FailsAPortThatIsFreeWhileItIsWatched) {
  const auto result = run(orphan(1) + "rebind for 30 s\n", "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, testing::ContainsRegex(
                                 "bound after [12]\\.[0-9]+ s, expected bind:EADDRINUSE for 30 s"));
}

TEST(Honesty, GoesOnBeyondThePatienceOfAStepAndTheLimitOfACell) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("test.toml", scenario(orphan(60) + "rebind for 2 s\n", "bind:EADDRINUSE"));
  const auto result =
      run_timewait({"run", file, "--no-out", "--step-timeout", "0.5", "--cell-timeout", "1.5"});
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("EADDRINUSE for 2 s"));
}

TEST(Honesty, FindsAProgramThatLeavesOutTheOptionItWasAskedFor) {
  const auto result =
      run("server runs faulty ignores-option with reuseaddr\n"
          "precondition server LISTEN\nrebind with reuseaddr\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("server was asked for reuseaddr, but its socket has plain"));
}

TEST(Honesty, FindsAProgramThatSetsAnOptionUnasked) {
  const auto result =
      run("server runs faulty adds-option with plain\n"
          "precondition server LISTEN\nrebind with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("server was asked for plain, but its socket has reuseaddr"));
}

TEST(Honesty, FindsALyingProgramAlsoInTheAttempt) {
  const auto result =
      run("server runs message_server\nserver gets SIGKILL\nserver dies of SIGKILL\n"
          "precondition server nothing\nsecond tries faulty ignores-option with reuseaddr\n");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("second was asked for reuseaddr"));
}

TEST(Honesty, GivesUpOnAProgramThatHangs) {
  const auto result =
      run("server runs faulty never-listens\nprecondition server LISTEN\nrebind with plain\n");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output,
              HasSubstr("server did not become ready: no new LISTEN of its own at "));
  EXPECT_THAT(result.output, HasSubstr("(waited 0.5 s)"));
}

TEST(Honesty, EndsACellAtItsLimitAndGoesOnWithTheOthers) {
  const TemporaryFolder folder;
  const std::string slow = folder.write(
      "slow.toml",
      scenario("server runs faulty never-listens\nprecondition server LISTEN\nrebind\n"));
  const std::string quick = folder.write(
      "quick.toml",
      scenario(std::string(kClientClosesFirst) + "precondition server nothing\nrebind\n"));
  const auto result = run_timewait(
      {"run", slow, quick, "--no-out", "--cell-timeout", "0.5", "--step-timeout", "30"});
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("server did not become ready"));
  EXPECT_THAT(result.output, HasSubstr("1 pass"));
}

/// The process that `pid` is a child of.
pid_t parent_of(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("PPid:")) return std::stoi(line.substr(5));
  return 0;
}

TEST(Honesty, KillsACellThatCannotEndItself) {
  const TemporaryFolder folder;
  const std::string address = unique_address();
  const std::string file =
      folder.write("stuck.toml", scenario("server runs faulty never-listens --at " + address +
                                          "\nprecondition server LISTEN\nrebind\n"));
  ChildProcess harness({timewait_path(), "run", file, "--no-out", "--cell-timeout", "1"});
  ASSERT_TRUE(eventually([&] { return !processes_with(address).empty(); }));
  ASSERT_EQ(::kill(parent_of(processes_with(address).front()), SIGSTOP), 0);
  EXPECT_TRUE(eventually([&] { return harness.refresh(), harness.exit_state().has_value(); }));
  EXPECT_EQ(harness.exit_state()->number, kBroken);
  EXPECT_THAT(processes_with(address), testing::IsEmpty());
}

/// A program that begins to listen at `address` when `faulty never-listens` runs for it, so after
/// the harness has looked at what was there before.
std::string late_listener(const std::string& address) {
  return "#!/bin/sh\n"
         "until grep -aqs 'never-listen[s].--at." +
         address +
         "' /proc/[0-9]*/cmdline; do :; done\n"
         "exec " TIMEWAIT_PROGRAMS "/message_server --at " +
         address + "\n";
}

TEST(Honesty, DoesNotTakeSomebodyElsesListenerForAProgramsOwn) {
  const TemporaryFolder folder;
  const std::string address = unique_address();
  const std::string late = folder.write("late", late_listener(address));
  std::filesystem::permissions(late, std::filesystem::perms::owner_all);
  const std::string file = folder.write(
      "test.toml", scenario("other runs " + late + "\nserver runs faulty never-listens --at " +
                                address + "\nprecondition server LISTEN\nrebind with plain\n",
                            "bind:EADDRINUSE"));
  // The stranger has all of this time to come.
  const auto result = run_timewait({"run", file, "--no-out", "--step-timeout", "3"});
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("no new LISTEN of its own at " + address));
  EXPECT_THAT(result.output, HasSubstr("LISTEN (waited 3 s)"));
}

TEST(Honesty, ConcludesNothingWhenAStrangerHoldsThePort) {
  const auto result =
      run("other runs peer\nother calls socket s\nother calls bind s 0.0.0.0:12000\n"
          "other calls listen s\nserver runs peer\nserver calls socket s\n"
          "server calls bind s 127.0.0.1:12001\n"
          "precondition server BOUND\nrebind 127.0.0.1:12000 with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kInconclusive);
  EXPECT_THAT(result.output, HasSubstr("no precondition speaks of tcp LISTEN 0.0.0.0:12000"));
}

TEST(Honesty, DoesNotMixTcpAndUdp) {
  const auto result =
      run("server runs peer\nserver calls socket s udp\nserver calls bind s 127.0.0.1:12000\n"
          "precondition server BOUND\nrebind with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, 0) << result.output;
}

TEST(Honesty, RefusesToHoldAProcessThatHasEnded) {
  const auto result = run(std::string(kServerClosesFirst) +
                              "client gets SIGSTOP\nprecondition server TIME_WAIT\nrebind\n",
                          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("client has already ended: exit 0"));
}

TEST(Honesty, RefusesASysctlValueThatTheKernelDoesNotTake) {
  const auto result =
      run("sysctl net.ipv4.tcp_fin_timeout = banana\nserver runs message_server\n"
          "precondition server LISTEN\nrebind\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("tcp_fin_timeout = banana is refused: Invalid argument"));
}

TEST(Honesty, SaysWhenAProgramContradictsItself) {
  const auto result =
      run("server runs message_server\nserver gets SIGKILL\nserver dies of SIGKILL\n"
          "precondition server nothing\nsecond tries faulty wrong-error\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("the program contradicts itself"));
}

TEST(Honesty, SaysWhenAProgramCrashes) {
  const auto result =
      run("server runs faulty crashes\nprecondition server LISTEN\nrebind with plain\n");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("server ended before it was ready: killed by SIG"));
}

TEST(Honesty, SurvivesAProgramThatFloods) {
  const auto result =
      run("server runs faulty floods\nprecondition server LISTEN\nrebind with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, 0) << result.output;
}

TEST(Honesty, ReportsAnActorThatFailedUnnoticed) {
  const auto result =
      run("server runs message_server\nclient runs message_client --to 127.0.0.1:12001\n"
          "precondition server LISTEN\nrebind with plain\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("client ended and no step says so: exit 25 (connect: "));
}

TEST(Honesty, FailsWhenACallGivesWhatItMustNot) {
  const auto result =
      run("server runs peer\nserver calls socket s\nserver calls bind s 127.0.0.1:12000\n"
          "server calls listen s giving EADDRINUSE\nprecondition server LISTEN\nrebind\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("\"server calls listen s giving EADDRINUSE\" gave ok 0"));
}

constexpr const char* kSocket = "server runs peer\nserver calls socket s\n";

TEST(Honesty, PassesACallThatReturnedWhatIsExpectedWithoutAPrecondition) {
  const auto result =
      run(std::string(kSocket) + "server attempts getsockopt s SO_RCVLOWAT\n", "getsockopt:1");
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("test  getsockopt()\n    A test\n"));
}

TEST(Honesty, FailsACallThatReturnedSomethingElse) {
  const auto result =
      run(std::string(kSocket) + "server attempts getsockopt s SO_RCVLOWAT\n", "getsockopt:2");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("expected getsockopt:2, got getsockopt:1"));
}

TEST(Honesty, BreaksWhenThePeerRefusesACall) {
  const auto result = run(std::string(kSocket) +
                          "server calls dup s copy until EMFILE\n"
                          "server attempts getsockopt s SO_ERROR\n");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output, HasSubstr("\"server calls dup s copy until EMFILE\" gave refused "));
}

TEST(Honesty, GivesUpOnACallThatDoesNotComeBack) {
  const auto result =
      run("server runs peer\nserver calls socket s udp\nserver calls bind s 127.0.0.1:12000\n"
          "server attempts recv s 1\n",
          "recv:0");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output,
              HasSubstr("\"server attempts recv s 1\" did not come back (waited 0.5"));
}

TEST(Honesty, ConcludesNothingFromABindBesideAStranger) {
  const auto result =
      run("other runs peer\nother calls socket s\nother calls bind s 0.0.0.0:12000\n"
          "other calls listen s\n" +
              std::string(kSocket) +
              "precondition server nothing\nserver attempts bind s 127.0.0.1:12000\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kInconclusive) << result.output;
}

TEST(Honesty, PassesAlthoughAPromiseIsBroken) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml", "promised = \"getsockopt:2\"\n" +
                       scenario(std::string(kSocket) + "server attempts getsockopt s SO_RCVLOWAT\n",
                                "getsockopt:1"));
  const auto result = run_timewait({"run", file, "--no-out"});
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, AnyOf(HasSubstr(" 1 ≠ 2\n"), HasSubstr(" 1 != 2\n")));
}

TEST(Honesty, SkipsWhatNeedsASandboxWithoutPrivilegeWhereItHasSome) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const std::string file =
      folder.write("test.toml", scenario("sandbox is unprivileged\n" + std::string(kSocket) +
                                             "server attempts setsockopt s SO_DEBUG 1\n",
                                         "setsockopt:EACCES"));
  const std::string run = timewait_path() + " run " + file + " --no-out";
  EXPECT_EQ(run_command({"sh", "-c", run}).end.number, 0);
  const auto result = run_command({"unshare", "--user", "--map-root-user", "sh", "-c",
                                   "echo 0 > /proc/sys/user/max_user_namespaces && exec " + run});
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_THAT(result.output, HasSubstr("the sandbox has no user namespace of its own"));
}

TEST(Honesty, SkipsWhatIsNotInstalledWithTheReason) {
  const auto result =
      run("server runs no-such-program\nserver listens on 127.0.0.1:12000\n"
          "precondition server LISTEN\nrebind\n");
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_THAT(result.output, HasSubstr("the program no-such-program is not installed"));
  EXPECT_THAT(result.output, HasSubstr("1 skip"));
}

TEST(Honesty, LeavesNoDaemonBehind) {
  const auto result = run("server runs faulty leaves-daemon --at " + unique_address() +
                              "\nserver prints daemon\nprecondition server LISTEN\nrebind\n",
                          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(processes_with(unique_address()), testing::IsEmpty());
}

TEST(Honesty, LeavesNothingBehindWhenTheHarnessIsKilled) {
  const TemporaryFolder folder;
  const std::string port = unique_address();
  const std::string file = folder.write(
      "hang.toml", scenario("server runs faulty leaves-daemon --at " + port +
                            "\nserver prints daemon\nserver prints something it never prints\n"
                            "precondition server LISTEN\nrebind with plain\n"));
  ChildProcess harness({timewait_path(), "run", file, "--no-out", "--step-timeout", "60"});
  ASSERT_TRUE(eventually([&] { return processes_with(port).size() >= 2; }));
  const auto actor = processes_with(port).front();
  const auto space =
      std::filesystem::read_symlink("/proc/" + std::to_string(actor) + "/ns/net").string();
  harness.signal(SIGKILL);

  EXPECT_TRUE(eventually([&] { return processes_with(port).empty(); }));
  const auto lives_in_space = [&](const std::filesystem::directory_entry& entry) {
    std::error_code gone;
    return std::filesystem::read_symlink(entry.path() / "ns/net", gone).string() == space;
  };
  EXPECT_TRUE(eventually([&] {
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", gone))
      if (lives_in_space(entry)) return false;
    return true;
  }));
}

TEST(Honesty, TakesTheNextRungWhereUserNamespacesAreForbidden) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const std::string file =
      folder.write("test.toml", scenario(std::string(kServerClosesFirst) +
                                             "precondition server TIME_WAIT\nrebind with plain\n",
                                         "bind:EADDRINUSE"));
  const auto result = run_command({"unshare", "--user", "--map-root-user", "sh", "-c",
                                   "echo 0 > /proc/sys/user/max_user_namespaces && exec " +
                                       timewait_path() + " run " + file + " --no-out"});
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(result.output, HasSubstr("net+pid namespaces as root"));
  EXPECT_THAT(result.output, HasSubstr("not used: user+net+pid namespaces: clone3()"));
}

TEST(Honesty, SaysSoWhereTheOptionsOfProgramsCannotBeRead) {
  const auto result = run_command({"strace", "-f", "-o", "/dev/null", "-e",
                                   "inject=pidfd_getfd:error=EPERM", timewait_path(), "run",
                                   "server-closes-first/first=plain,rebind=plain", "--no-out"});
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("the options of sockets cannot be read here"));
}

TEST(Honesty, SaysSoWhereItCannotRunAtAll) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml",
      scenario(std::string(kClientClosesFirst) + "precondition server nothing\nrebind\n"));
  const auto result =
      run_command({"unshare", "--user", "--map-root-user", "sh", "-c",
                   "echo 0 > /proc/sys/user/max_net_namespaces && exec " + timewait_path() +
                       " run " + file + " --no-out --isolation root"});
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_THAT(result.errors, HasSubstr("timewait: cannot run here: "));
  EXPECT_THAT(result.output, Not(HasSubstr("pass")));
}

}  // namespace
}  // namespace timewait
