// A cell passes only when its outcome is the expected one and the table held what the scenario
// says, and nothing else: for each kind of check a test in which it fails. All of it on the real
// kernel, through the real program.

#include <filesystem>

#include "harness/cli/test_processes.h"
#include "harness/cli/test_script_run.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

TEST(Honesty, PassesWhatIsAsExpectedAndWasSeen) {
  EXPECT_THAT(run_script(kServerClosesFirst + "precondition server TIME_WAIT\nrebind with plain\n",
                         "bind:EADDRINUSE"),
              passes(HasSubstr("1 pass")));
}

TEST(Honesty, FailsAWrongExpectation) {
  EXPECT_THAT(run_script(kServerClosesFirst + "precondition server TIME_WAIT\nrebind with plain\n"),
              fails(HasSubstr("expected bound, got bind:EADDRINUSE")));
}

TEST(Honesty, DoesNotPassTheRightOutcomeWhenThePreconditionWasNotSeen) {
  EXPECT_THAT(
      run_script(kClientClosesFirst + "precondition server TIME_WAIT\nrebind with plain\n"),
      concludes_nothing(AllOf(HasSubstr("before the attempt server had to be TIME_WAIT, but the "),
                              HasSubstr("held nothing"))));
}

TEST(Honesty, DoesNotPassWhenSomethingElseHoldsThePortToo) {
  EXPECT_THAT(run_script("server runs chat_server\nclient runs chat_client\nserver accepts\n"
                         "precondition server ESTABLISHED\nrebind with plain\n",
                         "bind:EADDRINUSE"),
              concludes_nothing(HasSubstr("held ESTABLISHED, LISTEN")));
}

/// Listens on the port that the attempt is going to be made on, and no precondition speaks of it.
const std::string kStranger =
    "other runs peer\nother calls socket s\nother calls bind s 0.0.0.0:12000\n"
    "other calls listen s\n";

TEST(Honesty, ConcludesNothingWhenAStrangerHoldsThePort) {
  EXPECT_THAT(run_script(kStranger + kPeerWithSocket +
                             "server calls bind s 127.0.0.1:12001\n"
                             "precondition server BOUND\nrebind 127.0.0.1:12000 with plain\n",
                         "bind:EADDRINUSE"),
              concludes_nothing(HasSubstr("no precondition speaks of tcp LISTEN 0.0.0.0:12000")));
}

TEST(Honesty, ConcludesNothingFromABindBesideAStranger) {
  EXPECT_THAT(run_script(kStranger + kPeerWithSocket +
                             "precondition server nothing\n"
                             "server attempts bind s 127.0.0.1:12000\n",
                         "bind:EADDRINUSE"),
              concludes_nothing(testing::_));
}

TEST(Honesty, DoesNotMixTcpAndUdp) {
  EXPECT_THAT(run_script("server runs peer\nserver calls socket s udp\n"
                         "server calls bind s 127.0.0.1:12000\n"
                         "precondition server BOUND\nrebind with plain\n",
                         "bind:EADDRINUSE"),
              passes());
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
  // The stranger has all of this time to come.
  EXPECT_THAT(run_script("other runs " + late + "\nserver runs faulty never-listens --at " +
                             address + "\nprecondition server LISTEN\nrebind with plain\n",
                         "bind:EADDRINUSE", {"--step-timeout", "3"}),
              breaks(AllOf(HasSubstr("no new LISTEN of its own at " + address),
                           HasSubstr("LISTEN (waited 3 s)"))));
}

TEST(Honesty, FailsWhenACallGivesWhatItMustNot) {
  EXPECT_THAT(run_script(kPeerWithSocket + "server calls bind s 127.0.0.1:12000\n"
                                           "server calls listen s giving EADDRINUSE\n"
                                           "precondition server LISTEN\nrebind\n",
                         "bind:EADDRINUSE"),
              fails(HasSubstr("\"server calls listen s giving EADDRINUSE\" gave ok 0")));
}

TEST(Honesty, PassesACallThatReturnedWhatIsExpectedWithoutAPrecondition) {
  EXPECT_THAT(
      run_script(kPeerWithSocket + "server attempts getsockopt s SO_RCVLOWAT\n", "getsockopt:1"),
      passes(HasSubstr("test  getsockopt()\n    A test\n")));
}

TEST(Honesty, FailsACallThatReturnedSomethingElse) {
  EXPECT_THAT(
      run_script(kPeerWithSocket + "server attempts getsockopt s SO_RCVLOWAT\n", "getsockopt:2"),
      fails(HasSubstr("expected getsockopt:2, got getsockopt:1")));
}

TEST(Honesty, BreaksWhenThePeerRefusesACall) {
  EXPECT_THAT(run_script(kPeerWithSocket + "server calls dup s copy until EMFILE\n"
                                           "server attempts getsockopt s SO_ERROR\n"),
              breaks(HasSubstr("\"server calls dup s copy until EMFILE\" gave refused ")));
}

TEST(Honesty, GivesUpOnACallThatDoesNotComeBack) {
  EXPECT_THAT(run_script("server runs peer\nserver calls socket s udp\n"
                         "server calls bind s 127.0.0.1:12000\nserver attempts recv s 1\n",
                         "recv:0"),
              breaks(HasSubstr("\"server attempts recv s 1\" did not come back (waited 0.5")));
}

TEST(Honesty, PassesAlthoughAPromiseIsBroken) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml",
      "promised = \"getsockopt:2\"\n" +
          scenario_around(kPeerWithSocket + "server attempts getsockopt s SO_RCVLOWAT\n",
                          "getsockopt:1"));
  EXPECT_THAT(run_timewait({"run", file, "--no-out"}),
              passes(AnyOf(HasSubstr(" 1 ≠ 2\n"), HasSubstr(" 1 != 2\n"))));
}

}  // namespace
}  // namespace timewait
