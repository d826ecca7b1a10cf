#include "harness/report/rule_hunt_text.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

constexpr TextStyle kPlain{.colour = false, .unicode = true, .width = 100};

RuleHunt caught_by_script() {
  SmallFinding found;
  found.finding = {.script = script_of({"socket a", "bind a 127.0.0.1:12000"}),
                   .disagreement = {.at = 1, .kernel = "EADDRINUSE", .model = "0"}};
  return {.rule = Rule::port_is_taken, .scripts = 4000, .found = found};
}

TEST(RuleHuntText, ShowsTheCallThatGivesSomethingElse) {
  EXPECT_EQ(rule_hunt_text(caught_by_script(), kPlain),
            "✓ port_is_taken\n"
            "    caught by 4000 scripts, bind a 127.0.0.1:12000: EADDRINUSE, and 0 without the "
            "rule\n");
}

TEST(RuleHuntText, NamesTheCellThatIsPredictedOtherwise) {
  EXPECT_EQ(rule_hunt_text({.rule = Rule::both_reuseport, .cell = "pair/with=both"}, kPlain),
            "✓ both_reuseport\n"
            "    caught by the cell pair/with=both\n");
}

TEST(RuleHuntText, SaysWhatNothingCaught) {
  EXPECT_EQ(rule_hunt_text({.rule = Rule::both_reuseport, .scripts = 40000}, kPlain),
            "✗ both_reuseport\n"
            "    caught by nothing, 40000 scripts and all cells later\n");
}

TEST(RuleHuntText, SumsUp) {
  EXPECT_EQ(rule_hunts_summary({caught_by_script(),
                                {.rule = Rule::both_reuseport, .cell = "pair/with=both"},
                                {.rule = Rule::both_reuseaddr}},
                               kPlain),
            "3 rules broken: 1 caught by random scripts, 1 by cells; 1 survived: both_reuseaddr\n");
}

}  // namespace
}  // namespace timewait
