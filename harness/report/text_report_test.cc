#include "harness/report/text_report.h"

#include "harness/report/test_text_report.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TextReport, ShowsAMatrixWithItsRowsAndColumns) {
  const Matrix matrix = matrix_of({
      passing({{"first", "plain"}, {"rebind", "plain"}}, "bind:EADDRINUSE"),
      passing({{"first", "plain"}, {"rebind", "reuseaddr"}}, "bind:EADDRINUSE"),
      passing({{"first", "reuseaddr"}, {"rebind", "plain"}}, "bind:EADDRINUSE"),
      passing({{"first", "reuseaddr"}, {"rebind", "reuseaddr"}}, "bound"),
  });
  EXPECT_EQ(text_report(matrix, kSummary, kUnicode),
            R"(── who closes first ────────────────────────────────────────────────────────────
  server-closes-first  [TIME_WAIT]
    The server closes first
    first \ rebind    plain         reuseaddr
    plain           ✓ EADDRINUSE  ✓ EADDRINUSE
    reuseaddr       ✓ EADDRINUSE  ✓ bound

4 cells: ✓ 4 pass; 1.23 s, 2 at a time
expected = predicted = kernel in 4 of 4
Linux 6.18.44, user+net+pid namespaces
a cell names the call that failed unless it is bind; ✓ as expected
)");
}

TEST(TextReport, IsToldInChinese) {
  Translation translation;
  translation.themes = {{"who-closes-first", "谁先关闭"}};
  translation.scenarios = {{"server-closes-first", {.title = "服务器先关闭", .teaches = "。"}}};
  const TextStyle style{.width = 60, .language = Language::zh, .translation = &translation};
  RunSummary summary = kSummary;
  summary.left_out = {{"slow", 14}};
  const Matrix matrix = matrix_of({
      passing({{"rebind", "plain"}}, "bind:EADDRINUSE"),
      cell({{"rebind", "both"}}, Verdict::skip, "", "the program nc is not installed"),
      cell({{"rebind", "last"}}, Verdict::pass, "bound"),
  });
  EXPECT_EQ(text_report(matrix, summary, style),
            R"(── 谁先关闭 ────────────────────────────────────────────────
  server-closes-first  [TIME_WAIT]
    服务器先关闭
    rebind    plain         both          last
            ✓ EADDRINUSE  – 跳过        ✓ bound

– 跳过 server-closes-first/rebind=both
    the program nc is not installed

3 个单元：✓ 2 通过，– 1 跳过；1.23 秒，同时运行 2 个
预期 = 预测 = 内核：3 个中有 2 个
因为太慢而没有运行：14 个单元（--tag slow）
Linux 6.18.44，user+net+pid namespaces
单元写出失败的调用，bind 不写出；✓ 符合预期；– 这里无法运行
)");
}

Matrix with_all_verdicts() {
  return matrix_of({
      passing({{"rebind", "plain"}}, "bind:EADDRINUSE"),
      cell({{"rebind", "reuseaddr"}}, Verdict::fail, "listen:EADDRINUSE",
           "expected bound, got listen:EADDRINUSE"),
      cell({{"rebind", "reuseport"}}, Verdict::inconclusive, "bound",
           "before the attempt server had to be TIME_WAIT, but the kernel's table held nothing"),
      cell({{"rebind", "both"}}, Verdict::skip, "", "the program nc is not installed"),
      cell({{"rebind", "all"}}, Verdict::error, "", "the cell was killed after its limit of 60 s"),
  });
}

TEST(TextReport, ShowsAllVerdictsAndTheReasons) {
  EXPECT_EQ(
      text_report(with_all_verdicts(), kSummary, {.width = 120}),
      R"(── who closes first ────────────────────────────────────────────────────────────────────────────────────────────────────
  server-closes-first  [TIME_WAIT]
    The server closes first
    rebind    plain                reuseaddr            reuseport            both                 all
            ✓ EADDRINUSE         ✗ listen:EADDRINUSE  ? bound              – skip               ! error

✗ fail server-closes-first/rebind=reuseaddr
    expected bound, got listen:EADDRINUSE
? inconclusive server-closes-first/rebind=reuseport
    before the attempt server had to be TIME_WAIT, but the kernel's table held nothing
– skip server-closes-first/rebind=both
    the program nc is not installed
! error server-closes-first/rebind=all
    the cell was killed after its limit of 60 s

5 cells: ✓ 1 pass, ✗ 1 fail, ? 1 inconclusive, – 1 skip, ! 1 error; 1.23 s, 2 at a time
expected = predicted = kernel in 1 of 5
Linux 6.18.44, user+net+pid namespaces
a cell names the call that failed unless it is bind; ✓ as expected; ✗ differs from what was expected; ? precondition not
seen; – cannot run here; ! harness or fixture broke
)");
}

Matrix with_skipped(const std::vector<std::string>& scenarios) {
  Matrix matrix;
  for (const std::string& scenario : scenarios)
    for (const char* rebind : {"plain", "both"})
      matrix.add({.scenario = scenario,
                  .theme = "theme",
                  .title = "t",
                  .point = {{"rebind", rebind}},
                  .verdict = Verdict::skip,
                  .reason = "it uses IPv6"});
  return matrix;
}

TEST(TextReport, TellsTheSameReasonOfManySkippedCellsOnce) {
  EXPECT_THAT(text_report(with_skipped({"one", "other"}), kSummary, kAscii), HasSubstr(R"(
- skip 4 cells
    it uses IPv6
    one, other

4 cells: )"));
}

TEST(TextReport, LetsNoNameOfASkippedCellSteerTheTerminal) {
  const std::string text = text_report(with_skipped({"one\x1b[2J\x07", "other"}), kSummary, kAscii);
  EXPECT_THAT(text, HasSubstr("\n    one [2J , other\n"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("\x1b")));
}

TEST(TextReport, FoldsColumnsThatDoNotFitAndManagesWithAscii) {
  EXPECT_THAT(
      text_report(with_all_verdicts(), kSummary, kAscii),
      HasSubstr(
          R"(-- who closes first ------------------------------------------------------------
  server-closes-first  [TIME_WAIT]
    The server closes first
    rebind    plain                reuseaddr            reuseport
            + EADDRINUSE         X listen:EADDRINUSE  ? bound
    rebind    both                 all
            - skip               ! error

X fail server-closes-first/rebind=reuseaddr
)"));
}

TEST(TextReport, ShowsAColumnThatIsWiderThanTheTerminal) {
  const Matrix matrix =
      matrix_of({passing({{"rebind", "with-everything-that-can-be-set"}}, "bound"),
                 passing({{"rebind", "plain"}}, "bind:EADDRINUSE")});
  EXPECT_THAT(text_report(matrix, kSummary, {.width = 40}), HasSubstr(R"(
  server-closes-first  [TIME_WAIT]
    The server closes first
    rebind    with-everything-that-can-be-set
            ✓ bound
    rebind    plain
            ✓ EADDRINUSE
)"));
}

TEST(TextReport, ShowsWhatWasSeenWithEachRowWhenRowsDiffer) {
  std::vector<CellResult> results = {
      passing({{"first", "exits"}, {"rebind", "plain"}}, "bind:EADDRINUSE"),
      passing({{"first", "dies"}, {"rebind", "plain"}}, "bound"),
  };
  results[1].seen = "nothing";
  EXPECT_THAT(text_report(matrix_of(results), kSummary, kUnicode), HasSubstr(R"(
  server-closes-first
    The server closes first
    first \ rebind    plain
    exits           ✓ EADDRINUSE  TIME_WAIT
    dies            ✓ bound       nothing
)"));
}

/// A scenario of one cell.
CellResult single(const std::string& scenario, const std::string& title, const std::string& seen) {
  CellResult result = passing({}, "bound");
  result.scenario = scenario;
  result.title = title;
  result.seen = seen;
  return result;
}

TEST(TextReport, ShowsScenariosThatVaryNothing) {
  const Matrix matrix = matrix_of({
      single("udp-has-no-time-wait", "UDP has no TIME_WAIT", ""),
      single("two-sockets",
             "Two sockets on one address, of which the second sets an option that the first one "
             "has not set",
             "LISTEN"),
  });
  EXPECT_THAT(text_report(matrix, kSummary, kUnicode), HasSubstr(R"(
  udp-has-no-time-wait
    UDP has no TIME_WAIT
    ✓ bound

  two-sockets  [LISTEN]
    Two sockets on one address, of which the second sets an option that the
    first one has not set
    ✓ bound
)"));
}

TEST(TextReport, LeavesACellEmptyThatDidNotRun) {
  const Matrix matrix = matrix_of({
      passing({{"first", "plain"}, {"rebind", "plain"}}, "bound"),
      passing({{"first", "both"}, {"rebind", "both"}}, "bound"),
  });
  EXPECT_THAT(text_report(matrix, kSummary, kUnicode), HasSubstr(R"(
    first \ rebind    plain    both
    plain           ✓ bound
    both                     ✓ bound
)"));
}

TEST(TextReport, KeepsColumnsStraightBelowChinese) {
  const Matrix matrix = matrix_of({
      passing({{"谁先", "服务器"}, {"rebind", "plain"}}, "bound"),
      passing({{"谁先", "x"}, {"rebind", "plain"}}, "bound"),
  });
  EXPECT_THAT(text_report(matrix, kSummary, kUnicode), HasSubstr(R"(
    谁先 \ rebind    plain
    服务器         ✓ bound
    x              ✓ bound
)"));
}

TEST(TextReport, ShowsTheMeasuredTimeWithItsBounds) {
  CellResult until = passing({{"fin-timeout", "5"}, {"with", "plain"}}, "bound");
  until.measured = "after 61.44 s (60 to 62.05 s)";
  CellResult watched = passing({{"fin-timeout", "120"}, {"with", "plain"}}, "bind:EADDRINUSE");
  watched.measured = "for 64 s";
  EXPECT_THAT(text_report(matrix_of({until, watched}), kSummary, kUnicode), HasSubstr(R"(
    fin-timeout \ with    plain
    5                   ✓ bound after 61.44 s (60 to 62.05 s)
    120                 ✓ EADDRINUSE for 64 s
)"));
}

TEST(TextReport, LetsNoControlCharacterOfARecordThrough) {
  Matrix matrix;
  matrix.add({.scenario = "a\033[2J",
              .title = "b\033]0;c\a",
              .verdict = Verdict::fail,
              .reason = "d\033[31m\ne"});
  const std::string text = text_report(matrix, RunSummary(), {});
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("\a")));
}

TEST(TextReport, PaintsMarksInTheColourOfTheirVerdict) {
  const TextStyle colour{.colour = true, .unicode = true, .width = 80};
  const std::string text = text_report(with_all_verdicts(), kSummary, colour);
  for (const char* mark : {"\033[32m✓\033[0m", "\033[1;31m✗\033[0m", "\033[33m?\033[0m",
                           "\033[2m–\033[0m", "\033[1;35m!\033[0m"})
    EXPECT_THAT(text, HasSubstr(mark));
}

}  // namespace
}  // namespace timewait
