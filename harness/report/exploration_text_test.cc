#include "harness/report/exploration_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace timewait {
namespace {

using testing::HasSubstr;

SmallFinding finding() {
  SmallFinding small;
  small.finding = {.script = script_of({"socket a", "bind a 127.0.0.1:12000"}),
                   .disagreement = {.at = 1, .kernel = "0", .model = "EADDRINUSE"}};
  small.count = 12;
  return small;
}

TEST(ExplorationText, PutsBothAnswersBesideTheCall) {
  EXPECT_EQ(finding_text(finding(), 3),
            "3. 12 scripts like this one\n"
            "     socket a\n"
            "     bind a 127.0.0.1:12000                       "
            "the kernel says 0, the model EADDRINUSE\n");
}

TEST(ExplorationText, PutsWhatIsLeftBelowTheCalls) {
  SmallFinding small = finding();
  small.count = 1;
  small.is_stable = false;
  small.finding.disagreement = {
      .subject = Subject::leftovers, .at = 2, .kernel = "nothing", .model = "TIME_WAIT x y"};
  EXPECT_EQ(finding_text(small, 1),
            "1. 1 script like this one, which does not always show it\n"
            "     socket a\n"
            "     bind a 127.0.0.1:12000\n"
            "     leftovers: the kernel says nothing, the model TIME_WAIT x y\n");
}

TEST(ExplorationText, EndsWithWhatWasComparedAndWhichRulesNeverDecided) {
  Tally tally{.scripts = 3000, .calls = 60000, .disagreements = 1};
  tally.decided[static_cast<std::size_t>(Rule::both_reuseaddr)] = 12;
  tally.decided[static_cast<std::size_t>(Rule::both_reuseport)] = 345;
  const std::string text = summary_text(tally, std::chrono::milliseconds(1500));
  EXPECT_THAT(text, testing::StartsWith("how often each rule of the model decided:\n"
                                        "         345  both_reuseport\n"
                                        "          12  both_reuseaddr\n"
                                        "never: different_devices, "));
  EXPECT_THAT(text, HasSubstr("\n3000 scripts, 60000 calls compared, 1.5 s, 2000 scripts/s: "
                              "1 disagreement, 0 unstable\n"));
}

TEST(ExplorationText, SaysHowFarItIs) {
  const Tally tally{.scripts = 3000, .disagreements = 2};
  EXPECT_EQ(progress_text(tally, 10000, std::chrono::seconds(2)),
            "3000 of 10000 scripts, 1500/s, 2 disagreements");
  EXPECT_EQ(progress_text(tally, 0, std::chrono::seconds(2)),
            "3000 scripts, 1500/s, 2 disagreements");
}

}  // namespace
}  // namespace timewait
