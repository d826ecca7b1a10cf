// What a scenario can say with a peer, learnt addresses, timers, counters, devices and segments of
// our own, and what timewait says when it does not come true. All of it on the real kernel.

#include "harness/cli/test_script_run.h"

namespace timewait {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

/// A peer whose connection it closed first.
const std::string kTimeWait =
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
  EXPECT_THAT(run_script(kPeerWithSocket + "server calls getsockopt s SO_REUSEADDR giving 1\n"
                                           "server attempts getsockopt s SO_REUSEADDR\n",
                         "getsockopt:0"),
              fails(HasSubstr("\"server calls getsockopt s SO_REUSEADDR giving 1\" gave ok 0")));
}

TEST(PeerLanguage, CannotGoOnWhenACallFailedThatMustSucceed) {
  EXPECT_THAT(run_script(kPeerWithSocket + "server calls connect s 127.0.0.1:1\n"
                                           "server attempts getsockopt s SO_ERROR\n",
                         "getsockopt:0"),
              breaks(HasSubstr("\"server calls connect s 127.0.0.1:1\" gave errno ECONNREFUSED")));
}

TEST(PeerLanguage, FailsACallThatNeverGivesWhatItMust) {
  EXPECT_THAT(run_script(kPeerWithSocket + "server calls connect s 127.0.0.1:1 until 0\n"
                                           "server attempts getsockopt s SO_ERROR\n",
                         "getsockopt:0"),
              fails(ContainsRegex("until 0\" was made [0-9]+ times and gave errno "
                                  "ECONNREFUSED at\\s+last")));
}

TEST(PeerLanguage, MakesACallUntilItGivesWhatItMust) {
  EXPECT_THAT(
      run_script(kPeerWithSocket + "server calls bind s 127.0.0.1:0\n"
                                   "server calls getsockname s as at\nserver calls listen s\n"
                                   "client runs peer\nclient calls socket c\n"
                                   "client calls connect c $at\nclient calls nonblock c\n"
                                   "client calls send c 1048576 until EAGAIN\n"
                                   "precondition server LISTEN, ESTABLISHED\n"
                                   "rebind $at with reuseaddr\n",
                 "bind:EADDRINUSE"),
      passes());
}

TEST(PeerLanguage, PutsALearntAddressWhereItsNameStands) {
  EXPECT_THAT(
      run_script(kPeerWithSocket + "server calls bind s 0.0.0.0:0\n"
                                   "server calls getsockname s as at\nserver calls listen s\n"
                                   "client runs message_client --to 127.0.0.2:$at\n"
                                   "other runs peer\nother calls socket o\n"
                                   "other calls connect o 127.0.0.3:$at\n"
                                   "other calls getpeername o giving 127.0.0.3:$at\n"
                                   "await server LISTEN, 2 ESTABLISHED\n"
                                   "precondition client ESTABLISHED\n"
                                   "precondition other ESTABLISHED\n"
                                   "precondition server LISTEN, 2 ESTABLISHED\n"
                                   "rebind 127.0.0.4:$at\n",
                 "bind:EADDRINUSE"),
      passes());
}

TEST(PeerLanguage, IsRefusedWithTheWordThatIsWrong) {
  const auto result = run_script("server runs peer\nserver calls bnid s 127.0.0.1:1\nrebind\n");
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.errors, HasSubstr("test.toml:7:14: \"bnid\" is none of socket, set, bind, "));
  EXPECT_THAT(result.errors, HasSubstr("\n  server calls bnid s 127.0.0.1:1\n               ^"));
}

TEST(PeerLanguage, WaitsForTheTimerOfAMiniSocket) {
  EXPECT_THAT(run_script(kTimeWait + "server has 60 s left\nserver has 59 s left\n"
                                     "precondition server TIME_WAIT\nrebind\n",
                         "bind:EADDRINUSE"),
              passes());
}

TEST(PeerLanguage, FailsATimerThatHasLessLeft) {
  EXPECT_THAT(
      run_script("sysctl net.ipv4.tcp_fin_timeout = 5\n"
                 "server runs chat_server\nclient runs peer\nclient calls socket c\n"
                 "client calls connect c 127.0.0.1:5120\nserver accepts\n"
                 "server gets SIGKILL\nserver dies of SIGKILL\nawait server FIN_WAIT2\n"
                 "server has 60 s left\nprecondition server nothing\nrebind\n"),
      fails(ContainsRegex("\"server has 60 s left\" does not come true: [1-5] s are left")));
}

TEST(PeerLanguage, CannotWaitForATimerThatIsNotThere) {
  EXPECT_THAT(run_script("server runs chat_server\nserver has 60 s left\n"
                         "precondition server LISTEN\nrebind\n"),
              breaks(HasSubstr("server has not exactly one mini-socket, the table holds LISTEN")));
}

TEST(PeerLanguage, FailsACounterThatIsSomethingElse) {
  EXPECT_THAT(
      run_script(kTimeWait + "counter TCP:tw is 1\ncounter TcpExt:TCPTimeWaitOverflow is 1\n"
                             "precondition server TIME_WAIT\nrebind\n"),
      fails(HasSubstr("\"counter TcpExt:TCPTimeWaitOverflow is 1\" does not come true: it is 0")));
}

TEST(PeerLanguage, SkipsACounterThatThisKernelDoesNotHave) {
  EXPECT_THAT(run_script("server runs chat_server\ncounter TcpExt:TCPFlights is 1\n"
                         "precondition server LISTEN\nrebind\n"),
              is_skipped(HasSubstr("this kernel has no counter TcpExt:TCPFlights")));
}

/// A connection in TIME_WAIT that a reset ends.
const std::string kForgedReset = kTimeWait +
                                 "forge reset for server\nawait server nothing\n"
                                 "precondition server nothing\nrebind\n";

TEST(PeerLanguage, EndsTimeWaitWithAForgedReset) {
  for (const char* evidence : {"none", "failed", "full"})
    EXPECT_THAT(
        run_script(kForgedReset, "bound", {"--step-timeout", "0.5", "--evidence", evidence}),
        passes())
        << evidence;
}

TEST(PeerLanguage, ArmsTimeWaitOnceMoreWithAReplayedFin) {
  EXPECT_THAT(run_script("sysctl net.ipv4.tcp_rfc1337 = 1\n" + kTimeWait +
                             "server has 59 s left\nreplay fin for server\nserver has 60 s left\n"
                             "precondition server TIME_WAIT\nrebind\n",
                         "bind:EADDRINUSE"),
              passes());
}

TEST(PeerLanguage, ForgesNothingForWhatIsNotInTimeWait) {
  EXPECT_THAT(run_script("server runs chat_server\nforge reset for server\n"
                         "precondition server LISTEN\nrebind\n"),
              breaks(HasSubstr("server has not exactly one TIME_WAIT, the table holds LISTEN")));
}

TEST(PeerLanguage, KeepsNoEvidenceThatIsNotWantedForASegmentOfItsOwn) {
  EXPECT_THAT(
      run_script(kForgedReset, "bind:EADDRINUSE", {"--evidence", "none", "--format", "json"}),
      fails(HasSubstr("\"timeline\":null")));
}

TEST(PeerLanguage, AddsADeviceWithAnAddress) {
  EXPECT_THAT(run_script("device va has 10.9.0.1\n" + kPeerWithSocket +
                         "server calls bind s 10.9.0.1:12000\nserver calls listen s\n"
                         "precondition server LISTEN\nrebind 127.0.0.1:12000\n"),
              passes());
}

TEST(PeerLanguage, MakesAPeerAnotherUser) {
  const auto result = run_script(
      "server runs peer\nserver calls seteuid 1000\nserver calls socket s\n"
      "server calls bind s 127.0.0.1:80 giving EACCES\nserver calls seteuid 0\n"
      "server calls bind s 127.0.0.1:80\nserver calls listen s\nprecondition server LISTEN\n"
      "rebind 127.0.0.1:80 with both\n",
      "bind:EADDRINUSE");
  if (result.end.number == kCannotRunHere) {
    EXPECT_THAT(result.output, HasSubstr("the sandbox has no user 1000: only root can give it"));
    GTEST_SKIP() << "the sandbox has one user only";
  }
  EXPECT_THAT(result, passes());
}

TEST(PeerLanguage, RepeatsLines) {
  EXPECT_THAT(run_script("server runs peer\nserver calls socket l\n"
                         "server calls bind l 127.0.0.1:12000\nserver calls listen l\n"
                         "client runs peer\n"
                         "repeat 3 times\n"
                         "client calls socket c@\nclient calls connect c@ 127.0.0.1:12000\n"
                         "server calls accept l s@\n"
                         "end\n"
                         "precondition server LISTEN, 3 ESTABLISHED\n"
                         "precondition client 3 ESTABLISHED\nrebind\n",
                         "bind:EADDRINUSE"),
              passes());
}

}  // namespace
}  // namespace timewait
