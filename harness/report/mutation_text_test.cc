#include "harness/report/mutation_text.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace timewait {
namespace {

using testing::HasSubstr;

constexpr TextStyle kNarrow{.colour = false, .unicode = true, .width = 60};

RedCell red(const std::string& scenario, CaughtBy by, bool may_show = true) {
  return {.scenario = scenario,
          .cell = "with=both",
          .by = by,
          .outcome = by == CaughtBy::outcome ? "bound" : "",
          .reason = "it differs",
          .may_show = may_show};
}

MutationResult result(const std::vector<RedCell>& cells) {
  return {.mutation = KernelMutation::no_reuseaddr, .affected = 5, .others = 7, .red = cells};
}

TEST(MutationText, CountsTheCellsThatEachCheckCaught) {
  EXPECT_EQ(mutation_text({result({red("pair", CaughtBy::options), red("pair", CaughtBy::outcome),
                                   red("pair", CaughtBy::outcome),
                                   red("some-other-scenario", CaughtBy::outcome)})},
                          kNarrow),
            "no-reuseaddr  setsockopt(SO_REUSEADDR) says 0 and does nothing\n"
            "  ✓ 4 of 5 cells turned red to which it makes a difference; 0 of 7 others\n"
            "    3 cells by the outcome: pair 2, some-other-scenario 1\n"
            "    1 cell by the options of a socket: pair 1\n"
            "\n");
}

TEST(MutationText, BreaksLongListsOfScenarios) {
  std::vector<RedCell> cells;
  for (const char* name : {"the-first-scenario", "the-second-scenario", "the-third-scenario"})
    cells.push_back(red(name, CaughtBy::step));
  EXPECT_THAT(mutation_text({result(cells)}, kNarrow),
              HasSubstr("    3 cells by a step that failed: the-first-scenario 1,\n"
                        "    the-second-scenario 1, the-third-scenario 1\n"));
}

TEST(MutationText, ShowsAMutationThatNoCheckNoticed) {
  EXPECT_TRUE(result({}).survived());
  EXPECT_FALSE(result({}).spilled());
  EXPECT_EQ(mutation_text({result({})}, kNarrow),
            "no-reuseaddr  setsockopt(SO_REUSEADDR) says 0 and does nothing\n"
            "  ✗ 0 of 5 cells turned red to which it makes a difference; 0 of 7 others\n"
            "\n");
}

TEST(MutationText, ShowsCellsThatShouldNotHaveTurnedRed) {
  const MutationResult spilled =
      result({red("pair", CaughtBy::outcome), red("idle", CaughtBy::step, false)});
  EXPECT_TRUE(spilled.spilled());
  EXPECT_FALSE(spilled.survived());
  EXPECT_EQ(mutation_text({spilled}, kNarrow),
            "no-reuseaddr  setsockopt(SO_REUSEADDR) says 0 and does nothing\n"
            "  ✗ 1 of 5 cells turned red to which it makes a difference; 1 of 7 others\n"
            "    1 cell by the outcome: pair 1\n"
            "    1 cell by a step that failed, which should not: idle 1\n"
            "\n");
}

TEST(MutationText, ShowsCellsThatHadToTurnRed) {
  MutationResult missed = result({red("pair", CaughtBy::options)});
  EXPECT_TRUE(missed.is_good());
  missed.missed = {"pair/with=reuseaddr", "other/with=both"};
  EXPECT_FALSE(missed.is_good());
  EXPECT_EQ(mutation_text({missed}, kNarrow),
            "no-reuseaddr  setsockopt(SO_REUSEADDR) says 0 and does nothing\n"
            "  ✗ 1 of 5 cells turned red to which it makes a difference; 0 of 7 others\n"
            "    1 cell by the options of a socket: pair 1\n"
            "    2 cells had to turn red and did not: pair/with=reuseaddr\n"
            "    other/with=both\n"
            "\n");
}

TEST(MutationText, SaysThatItMakesNoDifference) {
  const MutationResult unused{.mutation = KernelMutation::no_shutdown, .others = 7};
  EXPECT_FALSE(unused.survived());
  EXPECT_EQ(mutation_text({unused}, kNarrow),
            "no-shutdown  shutdown() says 0 and does nothing\n"
            "  – it makes no difference to these cells\n"
            "\n");
}

TEST(MutationJson, HasEveryRedCell) {
  const auto json = nlohmann::json::parse(
      mutation_json({result({red("pair", CaughtBy::outcome), red("pair", CaughtBy::step)})}));
  EXPECT_EQ(json["schema"], "timewait.mutations/1");
  const auto& mutation = json["mutations"][0];
  EXPECT_EQ(mutation["mutation"], "no-reuseaddr");
  EXPECT_EQ(mutation["ignores"], "SO_REUSEADDR");
  EXPECT_EQ(mutation["affected"], 5);
  EXPECT_EQ(mutation["others"], 7);
  EXPECT_EQ(mutation["survived"], false);
  EXPECT_EQ(mutation["spilled"], false);
  EXPECT_TRUE(mutation["missed"].empty());
  EXPECT_EQ(mutation["red"][0], nlohmann::json::parse(R"({
      "scenario": "pair", "cell": "with=both", "caught_by": "the outcome", "outcome": "bound",
      "reason": "it differs", "may_show": true})"));
  EXPECT_TRUE(mutation["red"][1]["outcome"].is_null());
}

}  // namespace
}  // namespace timewait
