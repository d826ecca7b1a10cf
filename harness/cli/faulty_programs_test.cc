// What timewait says of a program that lies about its socket, hangs, floods, crashes or fails. All
// of it on the real kernel, through the real program.

#include "harness/cli/test_script_run.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// A server that leaves a free port.
const std::string kKilledServer =
    "server runs message_server\nserver gets SIGKILL\nserver dies of SIGKILL\n"
    "precondition server nothing\n";

TEST(Honesty, FindsAProgramThatLeavesOutTheOptionItWasAskedFor) {
  EXPECT_THAT(run_script("server runs faulty ignores-option with reuseaddr\n"
                         "precondition server LISTEN\nrebind with reuseaddr\n",
                         "bind:EADDRINUSE"),
              breaks(HasSubstr("server was asked for reuseaddr, but its socket has plain")));
}

TEST(Honesty, FindsAProgramThatSetsAnOptionUnasked) {
  EXPECT_THAT(run_script("server runs faulty adds-option with plain\n"
                         "precondition server LISTEN\nrebind with plain\n",
                         "bind:EADDRINUSE"),
              breaks(HasSubstr("server was asked for plain, but its socket has reuseaddr")));
}

TEST(Honesty, FindsALyingProgramAlsoInTheAttempt) {
  EXPECT_THAT(run_script(kKilledServer + "second tries faulty ignores-option with reuseaddr\n"),
              breaks(HasSubstr("second was asked for reuseaddr")));
}

TEST(Honesty, GivesUpOnAProgramThatHangs) {
  EXPECT_THAT(
      run_script(
          "server runs faulty never-listens\nprecondition server LISTEN\nrebind with plain\n"),
      breaks(AllOf(HasSubstr("server did not become ready: no new LISTEN of its own at "),
                   HasSubstr("(waited 0.5 s)"))));
}

TEST(Honesty, SaysWhenAProgramContradictsItself) {
  EXPECT_THAT(run_script(kKilledServer + "second tries faulty wrong-error\n", "bind:EADDRINUSE"),
              breaks(HasSubstr("the program contradicts itself")));
}

TEST(Honesty, SaysWhenAProgramCrashes) {
  EXPECT_THAT(
      run_script("server runs faulty crashes\nprecondition server LISTEN\nrebind with plain\n"),
      breaks(HasSubstr("server ended before it was ready: killed by SIG")));
}

TEST(Honesty, SurvivesAProgramThatFloods) {
  EXPECT_THAT(
      run_script("server runs faulty floods\nprecondition server LISTEN\nrebind with plain\n",
                 "bind:EADDRINUSE"),
      passes());
}

TEST(Honesty, ReportsAnActorThatFailedUnnoticed) {
  EXPECT_THAT(
      run_script("server runs message_server\nclient runs message_client --to 127.0.0.1:12001\n"
                 "precondition server LISTEN\nrebind with plain\n",
                 "bind:EADDRINUSE"),
      breaks(HasSubstr("client ended and no step says so: exit 25 (connect: ")));
}

TEST(Honesty, RefusesToHoldAProcessThatHasEnded) {
  EXPECT_THAT(run_script(kServerClosesFirst +
                             "client gets SIGSTOP\nprecondition server TIME_WAIT\nrebind\n",
                         "bind:EADDRINUSE"),
              breaks(HasSubstr("client has already ended: exit 0")));
}

}  // namespace
}  // namespace timewait
