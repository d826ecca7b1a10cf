// Attempts that are repeated until a port is free, or for as long as it must not be, and what is
// said when it is free too early, too late or never. All of it on the real kernel.

#include "harness/cli/test_script_run.h"

namespace timewait {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

/// An orphaned FIN_WAIT2 that goes after one second, or, where `timeout` is above 60, much later.
std::string orphan(int timeout) {
  return "sysctl net.ipv4.tcp_fin_timeout = " + std::to_string(timeout) +
         "\nserver runs message_server\nclient runs message_client\nserver accepts\n"
         "server gets SIGKILL\nserver dies of SIGKILL\n"
         "precondition client CLOSE_WAIT\nprecondition server FIN_WAIT2\n";
}

TEST(Honesty, MeasuresHowLongThePortIsHeld) {
  EXPECT_THAT(run_script(orphan(1) + "rebind until bound after 1 s\n"),
              passes(ContainsRegex("bound after [0-9.]+ s \\(1 to [0-9.]+ s\\)")));
}

TEST(Honesty, FailsAPortThatIsFreeTooEarly) {
  EXPECT_THAT(run_script(orphan(1) + "rebind until bound after 30 s\n"),
              fails(ContainsRegex("bound after [0-2]\\.[0-9]+ s, expected 30 to 3[0-9.]+ s")));
}

TEST(Honesty, FailsAPortThatIsNotFreeInTime) {
  EXPECT_THAT(run_script(orphan(60) + "rebind until bound after 1 s\n"),
              fails(ContainsRegex("still bind:EADDRINUSE after [0-9.]+ s, expected bound after "
                                  "1 to 1[0-9.]* s")));
}

TEST(Honesty, FailsAPortThatIsNotInUseAtAll) {
  EXPECT_THAT(run_script(kClientClosesFirst +
                         "precondition server nothing\nrebind until bound after 60 s\n"),
              fails(HasSubstr("the first attempt was bound: the port was not in use")));
}

TEST(Honesty, WaitsForNothingWhenThePreconditionWasNotSeen) {
  EXPECT_THAT(run_script(kServerClosesFirst +
                         "precondition server FIN_WAIT2\nrebind until bound after 60 s\n"),
              concludes_nothing(HasSubstr("had to be FIN_WAIT2")));
}

TEST(Honesty, FailsAPortThatIsFreeWhileItIsWatched) {
  EXPECT_THAT(
      run_script(orphan(1) + "rebind for 30 s\n", "bind:EADDRINUSE"),
      fails(ContainsRegex("bound after [12]\\.[0-9]+ s, expected bind:EADDRINUSE for 30 s")));
}

TEST(Honesty, GoesOnBeyondThePatienceOfAStepAndTheLimitOfACell) {
  EXPECT_THAT(run_script(orphan(60) + "rebind for 2 s\n", "bind:EADDRINUSE",
                         {"--step-timeout", "0.5", "--cell-timeout", "1.5"}),
              passes(HasSubstr("EADDRINUSE for 2 s")));
}

}  // namespace
}  // namespace timewait
