#include "harness/report/cell_words.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

MatrixScenario scenario_of(const std::vector<std::string>& outcomes) {
  MatrixScenario scenario;
  for (const std::string& outcome : outcomes) scenario.cells.push_back({.outcome = outcome});
  return scenario;
}

TEST(CommonCall, IsThatOfEveryOutcome) {
  const struct {
    const char* name;
    std::vector<std::string> outcomes;
    const char* call;
  } rows[] = {
      {"one call", {"setsockopt:0", "setsockopt:EINVAL"}, "setsockopt"},
      {"a cell that gave nothing", {"", "recv:4"}, "recv"},
      {"two calls", {"setsockopt:0", "getsockopt:0"}, ""},
      {"a port that was bound", {"listen:EADDRINUSE", "bound"}, ""},
      {"bind, which nobody names", {"bind:EADDRINUSE", "bind:0"}, ""},
      {"nothing", {""}, ""},
  };
  for (const auto& row : rows)
    EXPECT_EQ(common_call(scenario_of(row.outcomes)), row.call) << row.name;
}

TEST(CellWords, SayWhatCameAndWhatWasPromised) {
  const struct {
    const char* outcome;
    const char* promised;
    const char* call;
    const char* words;
  } rows[] = {
      {"bound", "", "", "bound"},
      {"bind:EADDRINUSE", "", "", "EADDRINUSE"},
      {"listen:EADDRINUSE", "", "", "listen:EADDRINUSE"},
      {"setsockopt:0", "", "setsockopt", "0"},
      {"setsockopt:EBADF", "setsockopt:EBADF", "setsockopt", "EBADF ="},
      {"setsockopt:0", "setsockopt:EINVAL", "setsockopt", "0 ≠ EINVAL"},
      {"setsockopt:0", "setsockopt:EINVAL", "", "setsockopt:0 ≠ EINVAL"},
      {"recv:0", "send:EPIPE", "recv", "0 ≠ send:EPIPE"},
      {"bind:EADDRINUSE", "bind:0", "", "EADDRINUSE ≠ 0"},
      {"bind:EADDRINUSE", "bound", "", "EADDRINUSE ≠ bound"},
      {"", "setsockopt:0", "setsockopt", "skip"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(
        cell_words({.verdict = Verdict::skip, .outcome = row.outcome, .promised = row.promised},
                   row.call, true),
        row.words);
}

TEST(CellWords, ManageWithAscii) {
  EXPECT_EQ(cell_words({.outcome = "recv:4", .promised = "recv:0"}, "recv", false), "4 != 0");
}

TEST(Promises, AreThereWhenOneCellHasOne) {
  MatrixScenario scenario = scenario_of({"bound", "bound"});
  EXPECT_FALSE(has_promises(scenario));
  scenario.cells[1].promised = "bound";
  EXPECT_TRUE(has_promises(scenario));
}

TEST(CommonSight, IsThatOfAllCellsOrOfARow) {
  MatrixScenario scenario{.rows = {{"a"}, {"b"}}, .columns = {"x", "y"}};
  scenario.cells = {{.point = {{"r", "a"}, {"c", "x"}}, .seen = "LISTEN"},
                    {.point = {{"r", "a"}, {"c", "y"}}, .seen = "LISTEN"},
                    {.point = {{"r", "b"}, {"c", "y"}}, .seen = "LISTEN"}};
  EXPECT_EQ(common_sight(scenario), "LISTEN");
  scenario.cells[1].seen = "nothing";
  EXPECT_EQ(common_sight(scenario), "");
  EXPECT_EQ(common_sight(scenario, {"a"}), "");
  EXPECT_EQ(common_sight(scenario, {"b"}), "LISTEN");
  EXPECT_EQ(common_sight(scenario, {"c"}), "");
}

}  // namespace
}  // namespace timewait
