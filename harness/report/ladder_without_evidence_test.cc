// What a ladder shows of a record that lacks segments, tables or its end.

#include <gmock/gmock.h>

#include "harness/report/ladder.h"
#include "harness/report/message_pair_records.h"
#include "harness/report/record_examples.h"

namespace timewait {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr TextStyle kUnicode{.colour = false, .unicode = true, .width = 80};
constexpr TextStyle kColour{.colour = true, .unicode = true, .width = 80};

TEST(Ladder, SaysWhyThereAreNoArrows) {
  const std::string text = ladder(without_capture(), kUnicode);
  EXPECT_THAT(text, HasSubstr("\n! no segments: socket(AF_PACKET): Operation not permitted\n"));
  EXPECT_THAT(text, Not(HasSubstr("►")));
}

TEST(Ladder, SaysLoudlyThatArrowsAreMissing) {
  EXPECT_THAT(ladder(child_keeps_the_listener(), kColour),
              HasSubstr("\033[1;31m!\033[0m \033[1;31msegments are missing: 3 dropped by the "
                        "kernel, 2 beyond what is kept"));
}

TEST(Ladder, ShowsOfARecordWithoutEvidenceWhatItsTablesAllow) {
  const std::string text = ladder(without_evidence(), kUnicode);
  EXPECT_THAT(text, HasSubstr("\n! kept without its evidence: no segments, no processes; run with "
                              "--evidence full\n"));
  EXPECT_THAT(text, HasSubstr(
                        R"(2.36             ┊╌╌ client exits → exit 0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
2.60   TIME_WAIT ┊                                                   (gone)
2.61             ┊╌╌ precondition client nothing ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.61             ┊╌╌ precondition server TIME_WAIT ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.66             ┊╌╌ rebind with plain → bind:EADDRINUSE ╌╌╌╌╌╌╌╌╌╌
2.66             ◆ socket(tcp) = 9
2.66             ◆ bind(0.0.0.0:12000) = -1 EADDRINUSE

✓ pass: bind:EADDRINUSE, as expected
held by TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40312, no process, 59.99 s left
)"));
}

TEST(Ladder, ShowsTheAttemptEvenWhenNoTableOfAStepWasKept) {
  EXPECT_THAT(ladder(without_tables(), kUnicode),
              HasSubstr(
                  R"(2.61            ╌╌ precondition client nothing ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.61            ╌╌ precondition server TIME_WAIT ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.66 TIME_WAIT ┊
2.66           ┊╌╌ rebind with plain → bind:EADDRINUSE ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.66           ◆ socket(tcp) = 9
2.66           ◆ bind(0.0.0.0:12000) = -1 EADDRINUSE

✓ pass: bind:EADDRINUSE, as expected
held by TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40312, no process, 59.99 s left
)"));
}

TEST(Ladder, ShowsHowFarACellCameThatBroke) {
  EXPECT_THAT(ladder(broken(), kUnicode),
              EndsWith(
                  R"(0.74             │╌╌ client runs message_client → client did not ╌╌
                 │   become ready: no connection
0.82             │                           starts message_client ●
1.31             │◄───────────────────── SYN ──────────────────────│
1.32             │─────────────────── SYN, ACK ───────────────────►│
1.33             │◄─────────────── ACK seq 1 ack 1 ────────────────│
1.42 ESTABLISHED │                                                 │ ESTABLISHED

! error: client did not become ready: no connection at 127.0.0.1:12000
)"));
}

}  // namespace
}  // namespace timewait
