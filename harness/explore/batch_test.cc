#include "harness/explore/batch.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

Tally tally() {
  Tally one{.scripts = 3, .calls = 20, .disagreements = 2, .unstable = 1};
  one.decided[2] = 5;
  one.findings = {{.script = script_of({"socket a tcp6", "bind a [::1]:12000"}),
                   .disagreement = {.at = 1, .kernel = "0", .model = "EADDRINUSE"}}};
  one.wavering = {{.script = script_of({"socket a"}),
                   .disagreement = {.subject = Subject::leftovers, .at = 1, .kernel = "nothing"}}};
  return one;
}

TEST(Tally, ComesOutOfAPipeAsItWentIn) {
  const Tally read = read_tally(to_json(tally()));
  EXPECT_EQ(to_json(read), to_json(tally()));
  EXPECT_EQ(read.decided[2], 5U);
  EXPECT_EQ(read.findings.at(0).script, tally().findings.at(0).script);
  EXPECT_EQ(read.wavering.at(0).disagreement, tally().wavering.at(0).disagreement);
}

TEST(Tally, AddsUp) {
  Tally sum = tally();
  sum.add(tally());
  EXPECT_EQ(sum.scripts, 6U);
  EXPECT_EQ(sum.calls, 40U);
  EXPECT_EQ(sum.disagreements, 4U);
  EXPECT_EQ(sum.unstable, 2U);
  EXPECT_EQ(sum.decided[2], 10U);
  EXPECT_EQ(sum.findings.size(), 2U);
  EXPECT_EQ(sum.wavering.size(), 2U);
}

TEST(Tally, KeepsSomeFindingsOnly) {
  Tally sum;
  for (int i = 0; i < 1000; ++i) sum.add(tally());
  EXPECT_EQ(sum.disagreements, 2000U);
  EXPECT_EQ(sum.findings.size(), 400U);
}

}  // namespace
}  // namespace timewait
