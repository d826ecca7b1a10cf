// What is found when two runs are compared, and what is said about it.

#include "harness/report/run_comparison.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/report/comparison_json.h"
#include "harness/report/comparison_markdown.h"
#include "harness/report/comparison_text.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr TextStyle kUnicode{};

ReferenceCell cell(const std::string& scenario, const std::string& rebind) {
  return {.scenario = scenario,
          .point = {{"rebind", rebind}},
          .outcome = "bind:EADDRINUSE",
          .expected = "bind:EADDRINUSE",
          .predicted = "bind:EADDRINUSE",
          .seen = {"server TIME_WAIT"},
          .states = {"tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:*"}};
}

/// A run of three cells.
ComparedRun three() {
  return {.name = "old", .cells = {cell("a", "plain"), cell("a", "both"), cell("b", "plain")}};
}

/// The same run after `change` changed its second cell.
template <typename Changing>
ComparedRun changed(const Changing& change) {
  ComparedRun run = three();
  run.name = "new";
  change(run.cells[1]);
  return run;
}

RunComparison compare(const ComparedRun& first, const ComparedRun& second) {
  return compare_runs(first, second, ComparedCells::all);
}

/// What differs in the only cell that changed.
std::vector<Change> only_changes(const RunComparison& comparison) {
  EXPECT_EQ(comparison.changed.size(), 1u);
  if (comparison.changed.size() != 1) return {};
  EXPECT_EQ(comparison.changed[0].name, "a/rebind=both");
  EXPECT_TRUE(comparison.differs());
  EXPECT_EQ(summary_line(comparison), "3 cells: 1 changed");
  return comparison.changed[0].changes;
}

TEST(RunComparison, FindsNothingInTheSameResults) {
  const RunComparison comparison = compare(three(), three());
  EXPECT_FALSE(comparison.differs());
  EXPECT_EQ(summary_line(comparison), "3 cells, no change");
}

TEST(RunComparison, FindsAChangedOutcome) {
  const auto second = changed([](ReferenceCell& one) { one.outcome = "bound"; });
  EXPECT_THAT(only_changes(compare(three(), second)),
              ElementsAre(Change{"outcome", "bind:EADDRINUSE", "bound"}));
}

TEST(RunComparison, FindsAChangedVerdict) {
  const auto second = changed([](ReferenceCell& one) { one.verdict = Verdict::inconclusive; });
  EXPECT_THAT(only_changes(compare(three(), second)),
              ElementsAre(Change{"verdict", "pass", "inconclusive"}));
}

TEST(RunComparison, FindsChangedStates) {
  const auto second = changed([](ReferenceCell& one) { one.states.clear(); });
  EXPECT_THAT(
      only_changes(compare(three(), second)),
      ElementsAre(Change{"states", "tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:*", "none"}));
}

TEST(RunComparison, FindsWhatThePreconditionsSawOtherwise) {
  const auto second = changed([](ReferenceCell& one) { one.seen = {"server FIN_WAIT2"}; });
  EXPECT_THAT(only_changes(compare(three(), second)),
              ElementsAre(Change{"seen", "server TIME_WAIT", "server FIN_WAIT2"}));
}

TEST(RunComparison, FindsAnotherExpectationAndAnotherPrediction) {
  const auto second = changed([](ReferenceCell& one) { one.expected = one.predicted = ""; });
  EXPECT_THAT(only_changes(compare(three(), second)),
              ElementsAre(Change{"expected", "bind:EADDRINUSE", "none"},
                          Change{"predicted", "bind:EADDRINUSE", "none"}));
}

TEST(RunComparison, FindsANewCell) {
  ComparedRun second = three();
  second.cells.push_back(cell("a", "reuseaddr"));
  const RunComparison comparison = compare(three(), second);
  ASSERT_EQ(comparison.added.size(), 1u);
  EXPECT_THAT(comparison.added[0].names, ElementsAre("a/rebind=reuseaddr"));
  EXPECT_FALSE(comparison.added[0].whole_scenario);
  EXPECT_TRUE(comparison.differs());
  EXPECT_EQ(summary_line(comparison), "4 cells: 1 new");
}

TEST(RunComparison, FindsAMissingCell) {
  ComparedRun second = three();
  second.cells.pop_back();
  const RunComparison comparison = compare(three(), second);
  ASSERT_EQ(comparison.missing.size(), 1u);
  EXPECT_THAT(comparison.missing[0].names, ElementsAre("b/rebind=plain"));
  EXPECT_TRUE(comparison.missing[0].whole_scenario);
  EXPECT_TRUE(comparison.differs());
  EXPECT_EQ(summary_line(comparison), "3 cells: 1 missing");
}

TEST(RunComparison, LeavesOutWhatAPartDoesNotHaveOrCouldNotRun) {
  ComparedRun second = changed([](ReferenceCell& one) { one.verdict = Verdict::skip; });
  second.cells.pop_back();
  EXPECT_EQ(summary_line(compare(three(), second)), "3 cells: 1 changed, 1 missing");
  const auto comparison = compare_runs(three(), second, ComparedCells::of_second_only);
  EXPECT_FALSE(comparison.differs());
  EXPECT_EQ(summary_line(comparison), "1 cell, no change; 2 cells of A did not run in B");
}

TEST(RunComparison, FindsInAPartWhatChangedAndWhatIsNew) {
  ComparedRun second = changed([](ReferenceCell& one) { one.outcome = "bound"; });
  second.cells.erase(second.cells.begin());
  second.cells.push_back(cell("c", "plain"));
  const auto comparison = compare_runs(three(), second, ComparedCells::of_second_only);
  EXPECT_TRUE(comparison.differs());
  EXPECT_EQ(summary_line(comparison), "3 cells: 1 changed, 1 new; 1 cell of A did not run in B");
}

TEST(RunComparison, NamesCellsThatVaryWhetherThatIsAChangeOrNot) {
  const auto vary = [](ReferenceCell& one) {
    one.varies[CellAspect::outcome] = {"bind:EADDRINUSE", "bound"};
  };
  const ComparedRun varying = changed(vary);
  EXPECT_THAT(only_changes(compare(three(), varying)),
              ElementsAre(Change{"outcome", "bind:EADDRINUSE", "bind:EADDRINUSE or bound"}));
  const RunComparison same = compare(varying, varying);
  EXPECT_FALSE(same.differs());
  ASSERT_EQ(same.varying.size(), 2u);
  EXPECT_FALSE(same.varying[0].in_second);
  EXPECT_TRUE(same.varying[1].in_second);
}

TEST(RunComparison, SaysWhatTheRunsRanOnWithoutCallingItAChange) {
  ComparedRun first = three();
  ComparedRun second = three();
  first.facts = RunFacts{.kernel = "6.1.0", .isolation = "namespaces", .version = "0.1.0"};
  second.facts = RunFacts{.kernel = "6.18.44", .isolation = "namespaces", .version = "0.1.0"};
  const RunComparison comparison = compare(first, second);
  EXPECT_THAT(comparison.facts, ElementsAre(Change{"kernel", "6.1.0", "6.18.44"}));
  EXPECT_FALSE(comparison.differs());
  first.facts.reset();
  EXPECT_THAT(compare(first, second).facts, IsEmpty());
}

/// Two runs that differ in every way.
class Different : public testing::Test {
 protected:
  Different() {
    first.facts = RunFacts{.kernel = "6.1.0", .isolation = "namespaces", .version = "0.1.0"};
    second.facts = RunFacts{.kernel = "6.18.44", .isolation = "namespaces", .version = "0.1.0"};
    second.cells[1].verdict = Verdict::fail;
    second.cells[1].varies[CellAspect::outcome] = {"bind:EADDRINUSE", "bound"};
    second.cells[2].scenario = "c";
    second.cells.push_back(cell("a", "reuseaddr"));
    comparison = compare(first, second);
  }

  ComparedRun first = three();
  ComparedRun second = changed([](ReferenceCell&) {});
  RunComparison comparison;
};

TEST_F(Different, AreToldOnATerminal) {
  EXPECT_EQ(comparison_text(first, second, comparison, kUnicode),
            "A: old: Linux 6.1.0, namespaces, timewait 0.1.0\n"
            "B: new: Linux 6.18.44, namespaces, timewait 0.1.0\n"
            "   kernel: 6.1.0 → 6.18.44\n"
            "\n"
            "changed: 1 cell\n"
            "  a/rebind=both\n"
            "    verdict: pass → fail\n"
            "    outcome: bind:EADDRINUSE → bind:EADDRINUSE or bound\n"
            "\n"
            "new: 2 cells\n"
            "  c: all of it, 1 cell\n"
            "  a/rebind=reuseaddr\n"
            "\n"
            "missing: 1 cell\n"
            "  b: all of it, 1 cell\n"
            "\n"
            "not the same in every run: 1 cell\n"
            "  a/rebind=both in B\n"
            "    outcome: bind:EADDRINUSE or bound\n"
            "\n"
            "5 cells: 1 changed, 2 new, 1 missing\n");
  EXPECT_THAT(comparison_text(first, second, comparison, {.unicode = false}),
              HasSubstr("verdict: pass -> fail"));
}

TEST_F(Different, AreToldInMarkdown) {
  EXPECT_EQ(comparison_markdown(first, second, comparison),
            "**5 cells: 1 changed, 2 new, 1 missing**\n"
            "\n"
            "- A: `old` (Linux 6.1.0, namespaces, timewait 0.1.0)\n"
            "- B: `new` (Linux 6.18.44, namespaces, timewait 0.1.0)\n"
            "\n"
            "| ran on | A | B |\n"
            "| --- | --- | --- |\n"
            "| kernel | `6.1.0` | `6.18.44` |\n"
            "\n"
            "### Changed\n"
            "\n"
            "| cell | what | A | B |\n"
            "| --- | --- | --- | --- |\n"
            "| `a/rebind=both` | verdict | `pass` | `fail` |\n"
            "|  | outcome | `bind:EADDRINUSE` | `bind:EADDRINUSE or bound` |\n"
            "\n"
            "### New\n"
            "\n"
            "- `c`: all of it, 1 cell\n"
            "- `a/rebind=reuseaddr`\n"
            "\n"
            "### Missing\n"
            "\n"
            "- `b`: all of it, 1 cell\n"
            "\n"
            "### Not the same in every run\n"
            "\n"
            "| cell | in | what | gave |\n"
            "| --- | --- | --- | --- |\n"
            "| `a/rebind=both` | B | outcome | `bind:EADDRINUSE or bound` |\n");
}

TEST_F(Different, AreToldInJson) {
  const auto json = nlohmann::json::parse(comparison_json(first, second, comparison));
  EXPECT_EQ(json["schema"], "timewait.comparison/1");
  EXPECT_EQ(json["differs"], true);
  EXPECT_EQ(json["in_both"], 2);
  EXPECT_EQ(json["a"]["name"], "old");
  EXPECT_EQ(json["b"]["facts"]["kernel"], "6.18.44");
  EXPECT_EQ(json["facts"]["kernel"]["before"], "6.1.0");
  EXPECT_EQ(json["changed"][0]["cell"], "a/rebind=both");
  EXPECT_EQ(json["changed"][0]["changes"]["verdict"]["after"], "fail");
  EXPECT_EQ(json["new"], (std::vector<std::string>{"c/rebind=plain", "a/rebind=reuseaddr"}));
  EXPECT_EQ(json["missing"], (std::vector<std::string>{"b/rebind=plain"}));
  EXPECT_EQ(json["varying"][0]["values"]["outcome"], "bind:EADDRINUSE or bound");
}

}  // namespace
}  // namespace timewait
