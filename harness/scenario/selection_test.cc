#include "harness/scenario/selection.h"

#include <gmock/gmock.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::ElementsAre;

Scenario scenario(const std::string& name, const std::vector<std::string>& tags,
                  const std::vector<Point>& points) {
  Scenario made{.name = name, .tags = tags};
  for (const Point& point : points) made.cells.push_back({.point = point});
  return made;
}

const std::vector<Scenario> kScenarios = {
    scenario("server-closes-first", {"core"}, {{{"rebind", "plain"}}, {{"rebind", "both"}}}),
    scenario("client-closes-first", {"core", "client"}, {{{"rebind", "plain"}}}),
    scenario("nobody-closes", {}, {{}}),
};

std::vector<std::string> select(const std::vector<std::string>& names,
                                const std::string& tag = "") {
  std::vector<std::string> selected;
  for (const auto& [scenario, cell] : select_cells(kScenarios, names, tag))
    selected.push_back(scenario->name + "/" + cell_name(cell->point));
  return selected;
}

TEST(Selection, IsEverythingWhenNothingIsAskedFor) {
  EXPECT_THAT(select({}),
              ElementsAre("server-closes-first/rebind=plain", "server-closes-first/rebind=both",
                          "client-closes-first/rebind=plain", "nobody-closes/-"));
}

TEST(Selection, HasAllCellsOfAScenarioInTheOrderOfTheNames) {
  EXPECT_THAT(select({"nobody-closes", "server-closes-first"}),
              ElementsAre("nobody-closes/-", "server-closes-first/rebind=plain",
                          "server-closes-first/rebind=both"));
}

TEST(Selection, HasSingleCells) {
  EXPECT_THAT(select({"server-closes-first/rebind=both", "nobody-closes/-"}),
              ElementsAre("server-closes-first/rebind=both", "nobody-closes/-"));
}

TEST(Selection, HasOnlyScenariosWithTheTag) {
  EXPECT_THAT(select({}, "client"), ElementsAre("client-closes-first/rebind=plain"));
  EXPECT_THAT(select({"nobody-closes", "client-closes-first"}, "core"),
              ElementsAre("client-closes-first/rebind=plain"));
}

const std::vector<Scenario> kSlowToo = {
    scenario("quick", {"core"}, {{}}),
    scenario("time-wait", {"core", "slow"}, {{{"with", "plain"}}, {{"with", "both"}}}),
    scenario("two-minutes", {"slowest"}, {{}}),
};

std::vector<std::string> select_among_slow(const std::vector<std::string>& names,
                                           const std::string& tag = "") {
  std::vector<std::string> selected;
  for (const auto& [scenario, cell] : select_cells(kSlowToo, names, tag))
    selected.push_back(scenario->name);
  return selected;
}

TEST(Selection, LeavesSlowScenariosOutUntilTheyAreAskedFor) {
  EXPECT_THAT(select_among_slow({}), ElementsAre("quick"));
  EXPECT_THAT(select_among_slow({}, "slow"), ElementsAre("time-wait", "time-wait"));
  EXPECT_THAT(select_among_slow({}, "slowest"), ElementsAre("two-minutes"));
  EXPECT_THAT(select_among_slow({}, "core"), ElementsAre("quick", "time-wait", "time-wait"));
  EXPECT_THAT(select_among_slow({"two-minutes", "quick"}), ElementsAre("two-minutes", "quick"));
}

TEST(Selection, CountsWhatItLeavesOut) {
  using Counts = std::map<std::string, int>;
  EXPECT_EQ(left_out_cells(kSlowToo, {}, ""), (Counts{{"slow", 2}, {"slowest", 1}}));
  EXPECT_EQ(left_out_cells(kSlowToo, {}, "slow"), Counts());
  EXPECT_EQ(left_out_cells(kSlowToo, {"quick"}, ""), Counts());
  EXPECT_EQ(left_out_cells(kScenarios, {}, ""), Counts());
}

TEST(Selection, OfNothingButSlowScenariosSaysHowTheyRun) {
  const std::vector<Scenario> slow(kSlowToo.begin() + 1, kSlowToo.end());
  EXPECT_THAT([&] { select_cells(slow, {}, ""); },
              testing::ThrowsMessage<Error>("all scenarios are slow; run them with --tag slow"));
}

TEST(Selection, SuggestsANameThatIsNear) {
  const struct {
    const char* name;
    const char* message;
  } rows[] = {
      {"server-close-first",
       "there is no scenario \"server-close-first\"; did you mean server-closes-first? (\"timewait "
       "list\" shows all)"},
      {"nobody",
       "there is no scenario \"nobody\"; did you mean nobody-closes? (\"timewait list\" shows "
       "all)"},
      {"", "there is no scenario \"\" (\"timewait list\" shows all)"},
      {"something-else", "there is no scenario \"something-else\" (\"timewait list\" shows all)"},
      {"server-closes-first/rebind=bath",
       "server-closes-first has no cell \"rebind=bath\"; did you mean rebind=both?"},
      {"nobody-closes/rebind=plain", "nobody-closes has no cell \"rebind=plain\""},
  };
  for (const auto& row : rows)
    EXPECT_THAT([&] { select({row.name}); }, testing::ThrowsMessage<Error>(row.message));
}

TEST(Selection, OfATagThatNobodyHasIsAnError) {
  EXPECT_THAT([] { select({}, "slow"); },
              testing::ThrowsMessage<Error>("no scenario has the tag \"slow\""));
}

}  // namespace
}  // namespace timewait
