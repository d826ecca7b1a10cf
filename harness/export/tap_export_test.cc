#include "harness/export/tap_export.h"

#include <gmock/gmock.h>

#include "harness/export/test_results.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TapExport, HasThePlanFirstAndATestForEachCell) {
  EXPECT_EQ(TestRun({ended_with(Verdict::pass, "", "plain"),
                     ended_with(Verdict::skip, "nc is not installed", "both")})
                .as("tap"),
            R"(TAP version 13
1..2
# timewait 0.1.0 on Linux 6.18.44, user+net+pid namespaces
ok 1 - server-closes-first/rebind=plain
ok 2 - server-closes-first/rebind=both # SKIP nc is not installed
)");
}

TEST(TapExport, SaysInABlockWhyATestIsNotOk) {
  const std::string text = TestRun({failing()}).as("tap");
  EXPECT_THAT(text, HasSubstr(R"(
not ok 1 - server-closes-first/rebind=reuseaddr
  ---
  message: "expected bound, got bind:EADDRINUSE"
  verdict: fail
  expected: "bound"
  got: "bind:EADDRINUSE"
  explanation: |
    Both sockets have SO_REUSEADDR.
  ladder: |
    server-closes-first/rebind=reuseaddr
    The server closes first
    
)"));
  EXPECT_THAT(text, testing::EndsWith("\n  ...\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n\n"))) << "an empty line ends the block for prove";
}

TEST(TapExport, CallsNothingOkThatProvesNothing) {
  const std::string text = TestRun(all_verdicts()).as("tap");
  EXPECT_THAT(text, HasSubstr("\nnot ok 3 - server-closes-first/rebind=reuseport\n"));
  EXPECT_THAT(text, HasSubstr("\n  verdict: inconclusive\n"));
  EXPECT_THAT(text, HasSubstr("\nnot ok 5 - server-closes-first/rebind=all\n"));
  EXPECT_THAT(text, HasSubstr("\n  verdict: error\n"));
  EXPECT_THAT(text, HasSubstr("\n  got: ~\n"));
  EXPECT_THAT(text, Not(HasSubstr("TODO")));
}

TEST(TapExport, EscapesWhatWouldBeADirective) {
  Record record = ended_with(Verdict::skip, "no # TODO \\ here\nok 2", "plain # SKIP");
  EXPECT_THAT(TestRun({record}).as("tap"),
              HasSubstr("\nok 1 - server-closes-first/rebind=plain \\# SKIP # SKIP no \\# TODO "
                        "\\\\ here ok 2\n"));
}

TEST(TapExport, KeepsADiagnosticInItsBlock) {
  const std::string text = TestRun({ended_with(Verdict::error, "a\n...\nok 2\x01", "x")}).as("tap");
  EXPECT_THAT(text, HasSubstr("\n  message: \"a\\n...\\nok 2\uFFFD\"\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n...")));
  EXPECT_THAT(text, Not(HasSubstr("\nok 2")));
}

}  // namespace
}  // namespace timewait
