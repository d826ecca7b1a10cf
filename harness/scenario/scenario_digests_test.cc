#include "harness/scenario/scenario_digests.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

Scenario some_scenario() {
  return {.name = "a",
          .theme = "theme",
          .title = "A title",
          .teaches = "Something.",
          .script = {"server runs message_server", "rebind"},
          .cells = {{.point = {{"n", "1"}}}, {.point = {{"n", "2"}}}}};
}

/// Of the first `count` cells.
std::string digest_of_cells(const Scenario& scenario, std::size_t count = 2) {
  std::vector<SelectedCell> cells;
  for (std::size_t i = 0; i < count; ++i)
    cells.push_back({.scenario = &scenario, .cell = &scenario.cells[i]});
  return scenario_digests(cells).at("a");
}

TEST(ScenarioDigests, AreThoseOfEachScenario) {
  const Scenario one = some_scenario();
  Scenario other = some_scenario();
  other.name = "b";
  const auto digests = scenario_digests({{.scenario = &other, .cell = &other.cells[0]},
                                         {.scenario = &one, .cell = &one.cells[0]},
                                         {.scenario = &other, .cell = &other.cells[1]}});
  EXPECT_THAT(digests, testing::ElementsAre(testing::Key("a"), testing::Key("b")));
  EXPECT_EQ(digests.at("a").size(), 16u);
}

TEST(ScenarioDigests, DifferWhereACellCouldGoOrBeJudgedOtherwise) {
  const std::string usual = digest_of_cells(some_scenario());
  EXPECT_EQ(digest_of_cells(some_scenario()), usual);
  EXPECT_NE(digest_of_cells(some_scenario(), 1), usual);
  Scenario script = some_scenario();
  script.script[1] = "rebind with both";
  EXPECT_NE(digest_of_cells(script), usual);
  Scenario name = some_scenario();
  name.cells[1].point = {{"n", "3"}};
  EXPECT_NE(digest_of_cells(name), usual);
  Scenario expected = some_scenario();
  expected.cells[1].expected = *Outcome::parse("bind:EADDRINUSE");
  EXPECT_NE(digest_of_cells(expected), usual);
  Scenario promised = some_scenario();
  promised.cells[1].promised = *Outcome::parse("bind:EADDRINUSE");
  EXPECT_NE(digest_of_cells(promised), usual);
}

TEST(ScenarioDigests, StayTheSameForAnotherLesson) {
  Scenario scenario = some_scenario();
  scenario.teaches = "Something else.";
  scenario.tags = {"slow"};
  EXPECT_EQ(digest_of_cells(scenario), digest_of_cells(some_scenario()));
}

}  // namespace
}  // namespace timewait
