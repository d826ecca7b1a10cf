// What a scenario can say with a peer, learnt addresses, timers, counters, devices and segments of
// our own, and what timewait says when it does not come true. All of it on the real kernel.

#include <gmock/gmock.h>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"

namespace timewait {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

constexpr int kPass = 0;
constexpr int kFail = 1;
constexpr int kBadScenario = 2;
constexpr int kCannotRunHere = 77;
constexpr int kBroken = 125;

CommandResult run(const std::string& script, const std::string& expect = "bound",
                  const std::string& evidence = "failed") {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml", "title = \"A test\"\nteaches = \"Nothing.\"\nfrom = [\"ours\"]\nexpect = \"" +
                       expect + "\"\nscript = \"\"\"\n" + script + "\"\"\"\n");
  return run_timewait({"run", file, "--no-out", "--step-timeout", "0.5", "--evidence", evidence});
}

constexpr const char* kTimeWait =
    "server runs peer\n"
    "server calls socket l\n"
    "server calls bind l 127.0.0.1:12000\n"
    "server calls listen l\n"
    "client runs peer\n"
    "client calls socket c\n"
    "client calls connect c 127.0.0.1:12000\n"
    "server calls accept l s\n"
    "server calls close l\n"
    "server calls close s\n"
    "await server FIN_WAIT2\n"
    "client calls close c\n"
    "await server TIME_WAIT\n";

TEST(PeerLanguage, FailsACallThatGaveSomethingElse) {
  const auto result = run(
      "server runs peer\nserver calls socket s\nserver calls getsockopt s SO_REUSEADDR giving 1\n"
      "server attempts getsockopt s SO_REUSEADDR\n",
      "getsockopt:0");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output,
              HasSubstr("\"server calls getsockopt s SO_REUSEADDR giving 1\" gave ok 0"));
}

TEST(PeerLanguage, CannotGoOnWhenACallFailedThatMustSucceed) {
  const auto result =
      run("server runs peer\nserver calls socket s\nserver calls connect s 127.0.0.1:1\n"
          "server attempts getsockopt s SO_ERROR\n",
          "getsockopt:0");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output,
              HasSubstr("\"server calls connect s 127.0.0.1:1\" gave errno ECONNREFUSED"));
}

TEST(PeerLanguage, FailsACallThatNeverGivesWhatItMust) {
  const auto result =
      run("server runs peer\nserver calls socket s\n"
          "server calls connect s 127.0.0.1:1 until 0\nserver attempts getsockopt s SO_ERROR\n",
          "getsockopt:0");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, ContainsRegex("until 0\" was made [0-9]+ times and gave errno "
                                           "ECONNREFUSED at\\s+last"));
}

TEST(PeerLanguage, MakesACallUntilItGivesWhatItMust) {
  const auto result =
      run("server runs peer\nserver calls socket s\nserver calls bind s 127.0.0.1:0\n"
          "server calls getsockname s as at\nserver calls listen s\nclient runs peer\n"
          "client calls socket c\nclient calls connect c $at\nclient calls nonblock c\n"
          "client calls send c 1048576 until EAGAIN\nprecondition server LISTEN, ESTABLISHED\n"
          "rebind $at with reuseaddr\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

TEST(PeerLanguage, PutsALearntAddressWhereItsNameStands) {
  const auto result =
      run("server runs peer\nserver calls socket s\nserver calls bind s 0.0.0.0:0\n"
          "server calls getsockname s as at\nserver calls listen s\n"
          "client runs message_client --to 127.0.0.2:$at\nother runs peer\nother calls socket o\n"
          "other calls connect o 127.0.0.3:$at\nother calls getpeername o giving 127.0.0.3:$at\n"
          "await server LISTEN, 2 ESTABLISHED\nprecondition client ESTABLISHED\n"
          "precondition other ESTABLISHED\nprecondition server LISTEN, 2 ESTABLISHED\n"
          "rebind 127.0.0.4:$at\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

TEST(PeerLanguage, IsRefusedWithTheWordThatIsWrong) {
  const auto result = run("server runs peer\nserver calls bnid s 127.0.0.1:1\nrebind\n");
  EXPECT_EQ(result.end.number, kBadScenario);
  EXPECT_THAT(result.errors, HasSubstr("test.toml:7:14: \"bnid\" is none of socket, set, bind, "));
  EXPECT_THAT(result.errors, HasSubstr("\n  server calls bnid s 127.0.0.1:1\n               ^"));
}

TEST(PeerLanguage, WaitsForTheTimerOfAMiniSocket) {
  const std::string script =
      std::string(kTimeWait) + "server has 60 s left\nserver has 59 s left\n";
  const auto result = run(script + "precondition server TIME_WAIT\nrebind\n", "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

TEST(PeerLanguage, FailsATimerThatHasLessLeft) {
  const auto result = run(std::string("sysctl net.ipv4.tcp_fin_timeout = 5\n") +
                          "server runs chat_server\nclient runs peer\nclient calls socket c\n"
                          "client calls connect c 127.0.0.1:5120\nserver accepts\n"
                          "server gets SIGKILL\nserver dies of SIGKILL\nawait server FIN_WAIT2\n"
                          "server has 60 s left\nprecondition server nothing\nrebind\n");
  EXPECT_EQ(result.end.number, kFail) << result.output;
  EXPECT_THAT(result.output,
              ContainsRegex("\"server has 60 s left\" does not come true: [1-5] s are left"));
}

TEST(PeerLanguage, CannotWaitForATimerThatIsNotThere) {
  const auto result =
      run("server runs chat_server\nserver has 60 s left\nprecondition server LISTEN\nrebind\n");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output,
              HasSubstr("server has not exactly one mini-socket, the table holds LISTEN"));
}

TEST(PeerLanguage, FailsACounterThatIsSomethingElse) {
  const auto result = run(std::string(kTimeWait) +
                          "counter TCP:tw is 1\ncounter TcpExt:TCPTimeWaitOverflow is 1\n"
                          "precondition server TIME_WAIT\nrebind\n");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output,
              HasSubstr("\"counter TcpExt:TCPTimeWaitOverflow is 1\" does not come true: it is 0"));
}

TEST(PeerLanguage, SkipsACounterThatThisKernelDoesNotHave) {
  const auto result =
      run("server runs chat_server\ncounter TcpExt:TCPFlights is 1\n"
          "precondition server LISTEN\nrebind\n");
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_THAT(result.output, HasSubstr("this kernel has no counter TcpExt:TCPFlights"));
}

TEST(PeerLanguage, EndsTimeWaitWithAForgedReset) {
  const std::string script = std::string(kTimeWait) +
                             "forge reset for server\nawait server nothing\n"
                             "precondition server nothing\nrebind\n";
  for (const char* evidence : {"none", "failed", "full"}) {
    const auto result = run(script, "bound", evidence);
    EXPECT_EQ(result.end.number, kPass) << evidence << "\n" << result.output;
  }
}

TEST(PeerLanguage, ArmsTimeWaitOnceMoreWithAReplayedFin) {
  const auto result = run(std::string("sysctl net.ipv4.tcp_rfc1337 = 1\n") + kTimeWait +
                              "server has 59 s left\nreplay fin for server\nserver has 60 s left\n"
                              "precondition server TIME_WAIT\nrebind\n",
                          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

TEST(PeerLanguage, ForgesNothingForWhatIsNotInTimeWait) {
  const auto result =
      run("server runs chat_server\nforge reset for server\nprecondition server LISTEN\nrebind\n");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.output,
              HasSubstr("server has not exactly one TIME_WAIT, the table holds LISTEN"));
}

TEST(PeerLanguage, KeepsNoEvidenceThatIsNotWantedForASegmentOfItsOwn) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml", std::string("title = \"A test\"\nteaches = \"Nothing.\"\nfrom = [\"ours\"]\n"
                               "expect = \"bind:EADDRINUSE\"\nscript = \"\"\"\n") +
                       kTimeWait +
                       "forge reset for server\nawait server nothing\n"
                       "precondition server nothing\nrebind\n\"\"\"\n");
  const auto result =
      run_timewait({"run", file, "--no-out", "--evidence", "none", "--format", "json"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("\"timeline\":null"));
}

TEST(PeerLanguage, AddsADeviceWithAnAddress) {
  const auto result =
      run("device va has 10.9.0.1\nserver runs peer\nserver calls socket s\n"
          "server calls bind s 10.9.0.1:12000\nserver calls listen s\nprecondition server LISTEN\n"
          "rebind 127.0.0.1:12000\n");
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

TEST(PeerLanguage, MakesAPeerAnotherUser) {
  const auto result =
      run("server runs peer\nserver calls seteuid 1000\nserver calls socket s\n"
          "server calls bind s 127.0.0.1:80 giving EACCES\nserver calls seteuid 0\n"
          "server calls bind s 127.0.0.1:80\nserver calls listen s\nprecondition server LISTEN\n"
          "rebind 127.0.0.1:80 with both\n",
          "bind:EADDRINUSE");
  if (result.end.number == kCannotRunHere) {
    EXPECT_THAT(result.output, HasSubstr("the sandbox has no user 1000: only root can give it"));
    GTEST_SKIP() << "the sandbox has one user only";
  }
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

TEST(PeerLanguage, RepeatsLines) {
  const auto result =
      run("server runs peer\nserver calls socket l\nserver calls bind l 127.0.0.1:12000\n"
          "server calls listen l\nclient runs peer\nrepeat 3 times\nclient calls socket c@\n"
          "client calls connect c@ 127.0.0.1:12000\nserver calls accept l s@\nend\n"
          "precondition server LISTEN, 3 ESTABLISHED\nprecondition client 3 ESTABLISHED\nrebind\n",
          "bind:EADDRINUSE");
  EXPECT_EQ(result.end.number, kPass) << result.output;
}

}  // namespace
}  // namespace timewait
