#include "harness/report/step_view.h"

#include <gtest/gtest.h>

#include "harness/report/record_story.h"

namespace timewait {
namespace {

constexpr TextStyle kWide{.width = 80};
constexpr TextStyle kNarrow{.width = 40};
constexpr TextStyle kAsciiWide{.unicode = false, .width = 80};
constexpr TextStyle kAsciiNarrow{.unicode = false, .width = 40};

const Cell kCell{
    .steps = {{.verb = Verb::gets, .text = "server gets SIGKILL", .actor = "server", .number = 9},
              {.verb = Verb::stays, .text = "server stays", .actor = "server"}}};

const StepRecord kClosed{
    .note = "errno ECONNRESET",
    .table = Table{listener(), time_wait_entry("127.0.0.1:12000", "127.0.0.1:40312")}};

TEST(StepAnnouncement, SaysNumberTextAndWhatIsDone) {
  EXPECT_EQ(step_announcement(kCell, 0, kWide), R"(   1  server gets SIGKILL
      server is killed; the kernel closes what it had open
)");
  EXPECT_EQ(step_announcement(kCell, 1, kWide), R"(   2  server stays
      server keeps what it has open
)");
}

TEST(StepAnnouncement, IsBrokenWhereTheScreenIsNarrow) {
  const std::string narrow = R"(   1  server gets SIGKILL
      server is killed; the kernel
      closes what it had open
)";
  EXPECT_EQ(step_announcement(kCell, 0, kNarrow), narrow);
  EXPECT_EQ(step_announcement(kCell, 0, kAsciiNarrow), narrow);
}

TEST(StepAnnouncement, IsBoldWhereThereAreColours) {
  EXPECT_EQ(step_announcement(kCell, 1, {.colour = true}),
            "   2  \033[1mserver stays\033[0m\n"
            "      server keeps what it has open\n");
}

TEST(StepResult, HasAnEntryALineInColumns) {
  EXPECT_EQ(step_result(kClosed, kWide), R"(      → errno ECONNRESET
      LISTEN     0.0.0.0:12000                       server, SO_REUSEADDR
      TIME_WAIT  127.0.0.1:12000 -> 127.0.0.1:40312  no process, 59.99 s left
)");
  EXPECT_EQ(step_result(kClosed, kAsciiWide), R"(      -> errno ECONNRESET
      LISTEN     0.0.0.0:12000                       server, SO_REUSEADDR
      TIME_WAIT  127.0.0.1:12000 -> 127.0.0.1:40312  no process, 59.99 s left
)");
}

TEST(StepResult, IsCutWhereTheScreenIsNarrow) {
  EXPECT_EQ(step_result(kClosed, kNarrow), R"(      → errno ECONNRESET
      LISTEN     0.0.0.0:12000         …
      TIME_WAIT  127.0.0.1:12000 -> 127…
)");
  EXPECT_EQ(step_result(kClosed, kAsciiNarrow), R"(      -> errno ECONNRESET
      LISTEN     0.0.0.0:12000       ...
      TIME_WAIT  127.0.0.1:12000 -> 1...
)");
}

TEST(StepResult, SaysThatTheTableIsEmptyOnlyWhenItWasLookedAt) {
  EXPECT_EQ(step_result({.table = Table{}}, kWide), "      the socket table is empty\n");
  EXPECT_EQ(step_result({}, kWide), "");
}

TEST(StepResult, LeavesNoBlanksAtTheEndOfALine) {
  EXPECT_EQ(step_result({.table = Table{entry(TcpState::bound, "0.0.0.0:1", "0.0.0.0:0")}}, kWide),
            "      BOUND  0.0.0.0:1\n");
}

}  // namespace
}  // namespace timewait
