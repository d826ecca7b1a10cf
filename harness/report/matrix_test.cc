#include "harness/report/matrix.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

using testing::ElementsAre;

CellResult result(const std::string& scenario, const Point& point, Verdict verdict = Verdict::pass,
                  const std::string& outcome = "bound") {
  return {.scenario = scenario,
          .theme = "theme",
          .title = "The title",
          .point = point,
          .verdict = verdict,
          .reason = std::string(kVerdicts.name(verdict)) + " of " + outcome,
          .outcome = outcome,
          .expected = "bound",
          .promised = "bind:0"};
}

/// What a matrix shows for a cell that ran once for each of `verdicts`.
MatrixCell cell_after(const std::vector<Verdict>& verdicts) {
  Matrix matrix;
  for (const Verdict verdict : verdicts)
    matrix.add(result("a", {}, verdict, std::string(kVerdicts.name(verdict)) + " outcome"));
  return matrix.themes()[0].scenarios[0].cells[0];
}

int exit_code_after(const std::vector<Verdict>& verdicts) {
  Matrix matrix;
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    matrix.add(result("a", {{"run", std::to_string(i)}}, verdicts[i]));
  return matrix.exit_code();
}

TEST(Matrix, HasTheLastVariationInItsColumns) {
  Matrix matrix;
  for (const char* first : {"x", "y"})
    for (const char* how : {"exits", "dies"})
      for (const char* rebind : {"plain", "both"})
        matrix.add(result("a", {{"first", first}, {"how", how}, {"rebind", rebind}}));
  const MatrixScenario& scenario = matrix.themes()[0].scenarios[0];
  EXPECT_EQ(scenario.title, "The title");
  EXPECT_THAT(scenario.row_names, ElementsAre("first", "how"));
  EXPECT_EQ(scenario.column_name, "rebind");
  EXPECT_THAT(scenario.columns, ElementsAre("plain", "both"));
  EXPECT_THAT(scenario.rows, ElementsAre(ElementsAre("x", "exits"), ElementsAre("x", "dies"),
                                         ElementsAre("y", "exits"), ElementsAre("y", "dies")));
}

TEST(Matrix, KeepsWhatWasMeasured) {
  Matrix matrix;
  CellResult measured = result("a", {});
  measured.measured = "after 61.44 s (60 to 62.05 s)";
  matrix.add(measured);
  EXPECT_EQ(matrix.themes()[0].scenarios[0].cells[0].measured, measured.measured);
}

TEST(Matrix, KeepsTheOrderInWhichCellsWereExpected) {
  Matrix matrix;
  const CellResult first = result("b", {{"rebind", "plain"}});
  const CellResult second = result("b", {{"rebind", "both"}});
  const CellResult third = result("a", {{"rebind", "plain"}});
  for (const CellResult& cell : {first, second, third}) matrix.expect(cell);
  for (const CellResult& cell : {third, second, first}) matrix.add(cell);
  const auto& scenarios = matrix.themes()[0].scenarios;
  ASSERT_EQ(scenarios.size(), 2u);
  EXPECT_EQ(scenarios[0].name, "b");
  EXPECT_THAT(scenarios[0].columns, ElementsAre("plain", "both"));
  EXPECT_EQ(scenarios[1].name, "a");
}

TEST(Matrix, KeepsThemesApart) {
  Matrix matrix;
  CellResult one = result("a", {});
  CellResult other = one;
  other.theme = "another";
  matrix.add(one);
  matrix.add(other);
  ASSERT_EQ(matrix.themes().size(), 2u);
  EXPECT_EQ(matrix.themes()[1].name, "another");
  EXPECT_EQ(matrix.themes()[1].scenarios.size(), 1u);
}

TEST(Matrix, FindsCellsByRowAndColumn) {
  Matrix matrix;
  matrix.add(result("a", {{"first", "x"}, {"rebind", "plain"}}, Verdict::pass, "here"));
  matrix.add(result("a", {{"first", "y"}, {"rebind", "both"}}));
  const MatrixScenario& scenario = matrix.themes()[0].scenarios[0];
  ASSERT_NE(scenario.find({"x"}, "plain"), nullptr);
  EXPECT_EQ(scenario.find({"x"}, "plain")->outcome, "here");
  EXPECT_EQ(scenario.find({"x"}, "both"), nullptr);
}

TEST(Matrix, ShowsTheWorstOfRepeatedRuns) {
  const Verdict worse[] = {Verdict::pass, Verdict::skip, Verdict::inconclusive, Verdict::error,
                           Verdict::fail};
  for (std::size_t i = 0; i + 1 < std::size(worse); ++i) {
    EXPECT_EQ(cell_after({worse[i], worse[i + 1]}).verdict, worse[i + 1]);
    EXPECT_EQ(cell_after({worse[i + 1], worse[i]}).verdict, worse[i + 1]);
  }
}

TEST(Matrix, ShowsOutcomeAndReasonOfTheFirstRunWithTheWorstVerdict) {
  Matrix matrix;
  matrix.add(result("a", {}, Verdict::pass, "bound"));
  matrix.add(result("a", {}, Verdict::fail, "first"));
  matrix.add(result("a", {}, Verdict::fail, "second"));
  matrix.add(result("a", {}, Verdict::pass, "bound"));
  const MatrixCell& cell = matrix.themes()[0].scenarios[0].cells[0];
  EXPECT_EQ(cell.outcome, "first");
  EXPECT_EQ(cell.reason, "fail of first");
  EXPECT_EQ(cell.promised, "bind:0");
  EXPECT_EQ(cell.runs, 4);
}

TEST(Matrix, CountsEveryRun) {
  Matrix matrix;
  matrix.expect(result("a", {}));
  for (const Verdict verdict : {Verdict::pass, Verdict::pass, Verdict::error})
    matrix.add(result("a", {}, verdict));
  EXPECT_EQ(matrix.counts().of(Verdict::pass), 2);
  EXPECT_EQ(matrix.counts().of(Verdict::error), 1);
  EXPECT_EQ(matrix.counts().of(Verdict::fail), 0);
  EXPECT_EQ(matrix.counts().all(), 3);
}

TEST(Matrix, GivesTheExitCodeOfAllResults) {
  using enum Verdict;
  const struct {
    const char* name;
    std::vector<Verdict> verdicts;
    int code;
  } rows[] = {
      {"all as expected", {pass, pass}, 0},
      {"some cannot run here", {pass, skip}, 0},
      {"none can run here", {skip, skip}, 77},
      {"there was nothing to run", {}, 0},
      {"one differs", {pass, fail}, 1},
      {"something broke", {pass, error}, 125},
      {"a precondition was not seen", {pass, inconclusive, skip}, 3},
      {"a difference counts more than what broke", {error, fail, inconclusive}, 1},
      {"what broke counts more than a precondition", {inconclusive, error}, 125},
  };
  for (const auto& row : rows) EXPECT_EQ(exit_code_after(row.verdicts), row.code) << row.name;
}

TEST(Matrix, DropsThePlacesOfCellsThatDidNotRun) {
  Matrix matrix;
  for (const char* scenario : {"a", "b", "c"})
    for (const char* rebind : {"plain", "both"})
      matrix.expect(result(scenario, {{"rebind", rebind}}));
  matrix.add(result("c", {{"rebind", "both"}}));
  matrix.add(result("a", {{"rebind", "plain"}}, Verdict::fail));
  matrix.drop_what_did_not_run();
  const auto& scenarios = matrix.themes().at(0).scenarios;
  ASSERT_EQ(scenarios.size(), 2u);
  EXPECT_EQ(scenarios[0].name, "a");
  EXPECT_THAT(scenarios[0].columns, ElementsAre("plain"));
  EXPECT_EQ(scenarios[0].cells.at(0).verdict, Verdict::fail);
  EXPECT_EQ(scenarios[1].name, "c");
  EXPECT_THAT(scenarios[1].columns, ElementsAre("both"));
  EXPECT_EQ(matrix.counts().all(), 2);
}

TEST(Matrix, FindsTheCellOfARecord) {
  Record record;
  record.theme = "theme";
  record.scenario = "scenario";
  record.point = {{"rebind", "plain"}};
  Matrix matrix;
  EXPECT_EQ(matrix.find(record), nullptr);
  matrix.add(cell_result_of(record));
  ASSERT_NE(matrix.find(record), nullptr);
  EXPECT_EQ(matrix.find(record)->point, record.point);
  for (std::string Record::*name : {&Record::theme, &Record::scenario}) {
    Record other = record;
    other.*name = "other";
    EXPECT_EQ(matrix.find(other), nullptr);
  }
  record.point.clear();
  EXPECT_EQ(matrix.find(record), nullptr);
}

}  // namespace
}  // namespace timewait
