#include "harness/report/text_report.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

constexpr TextStyle kUnicode{.colour = false, .unicode = true, .width = 80};
constexpr TextStyle kAscii{.colour = false, .unicode = false, .width = 80};

const RunSummary kSummary{.kernel = "6.18.44",
                          .isolation = "user+net+pid namespaces",
                          .jobs = 2,
                          .wall_time = std::chrono::milliseconds(1234)};

/// A cell of "server-closes-first" before whose attempt TIME_WAIT was seen.
CellResult cell(const Point& point, Verdict verdict, const std::string& outcome,
                const std::string& reason = "") {
  return {.scenario = "server-closes-first",
          .theme = "who-closes-first",
          .title = "The server closes first",
          .point = point,
          .verdict = verdict,
          .reason = reason,
          .outcome = outcome,
          .seen = "TIME_WAIT",
          .expected = "bound",
          .is_predicted = true};
}

CellResult passing(const Point& point, const std::string& outcome) {
  return cell(point, Verdict::pass, outcome);
}

/// A scenario of one cell.
CellResult single(const std::string& scenario, const std::string& title, const std::string& seen) {
  CellResult result = passing({}, "bound");
  result.scenario = scenario;
  result.title = title;
  result.seen = seen;
  return result;
}

Matrix matrix_of(const std::vector<CellResult>& results) {
  Matrix matrix;
  for (const CellResult& result : results) matrix.add(result);
  return matrix;
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

/// A cell of a scenario about single calls, with what is promised for it.
CellResult call(const Point& point, const std::string& outcome, const std::string& promised) {
  return {.scenario = "errors",
          .theme = "setsockopt",
          .title = "An option is set",
          .point = point,
          .verdict = Verdict::pass,
          .outcome = outcome,
          .expected = outcome,
          .promised = promised,
          .is_predicted = true};
}

Matrix with_promises() {
  return matrix_of({
      call({{"option", "SO_LINGER"}, {"on", "pipe"}}, "setsockopt:ENOTSOCK", "setsockopt:ENOTSOCK"),
      call({{"option", "SO_LINGER"}, {"on", "shut"}}, "setsockopt:0", "setsockopt:EINVAL"),
      call({{"option", "SO_DEBUG"}, {"on", "pipe"}}, "setsockopt:ENOTSOCK", ""),
      call({{"option", "SO_DEBUG"}, {"on", "shut"}}, "setsockopt:0", ""),
  });
}

TEST(TextReport, NamesACommonCallOnceAndMarksWhatWasPromised) {
  EXPECT_EQ(text_report(with_promises(), kSummary, kUnicode),
            R"(── setsockopt ──────────────────────────────────────────────────────────────────
  errors  setsockopt()
    An option is set
    option \ on    pipe          shut
    SO_LINGER    ✓ ENOTSOCK =  ✓ 0 ≠ EINVAL
    SO_DEBUG     ✓ ENOTSOCK    ✓ 0

4 cells: ✓ 4 pass; 1.23 s, 2 at a time
expected = predicted = kernel in 4 of 4
Linux 6.18.44, user+net+pid namespaces
a cell names the call that failed unless it is bind or the heading does; a
number is what the call returned; = as the document promises; ≠ what it promises
instead; ✓ as expected
)");
}

TEST(TextReport, MarksWhatWasPromisedWithAscii) {
  EXPECT_THAT(text_report(with_promises(), kSummary, kAscii),
              testing::AllOf(testing::HasSubstr("+ 0 != EINVAL\n"),
                             testing::HasSubstr(
                                 "; = as the document promises; != what it\npromises instead")));
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

TEST(TextReport, TellsTheSameReasonOfManySkippedCellsOnce) {
  Matrix matrix;
  for (const char* scenario : {"one", "other"})
    for (const char* rebind : {"plain", "both"})
      matrix.add({.scenario = scenario,
                  .theme = "theme",
                  .title = "t",
                  .point = {{"rebind", rebind}},
                  .verdict = Verdict::skip,
                  .reason = "it uses IPv6"});
  EXPECT_THAT(text_report(matrix, kSummary, kAscii), testing::HasSubstr(R"(
- skip 4 cells
    it uses IPv6
    one, other

4 cells: )"));
}

TEST(TextReport, FoldsColumnsThatDoNotFitAndManagesWithAscii) {
  EXPECT_THAT(
      text_report(with_all_verdicts(), kSummary, kAscii),
      testing::HasSubstr(
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
  EXPECT_THAT(text_report(matrix, kSummary, {.width = 40}), testing::HasSubstr(R"(
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
  EXPECT_THAT(text_report(matrix_of(results), kSummary, kUnicode), testing::HasSubstr(R"(
  server-closes-first
    The server closes first
    first \ rebind    plain
    exits           ✓ EADDRINUSE  TIME_WAIT
    dies            ✓ bound       nothing
)"));
}

TEST(TextReport, ShowsScenariosThatVaryNothing) {
  const Matrix matrix = matrix_of({
      single("udp-has-no-time-wait", "UDP has no TIME_WAIT", ""),
      single("two-sockets",
             "Two sockets on one address, of which the second sets an option that the first one "
             "has not set",
             "LISTEN"),
  });
  EXPECT_THAT(text_report(matrix, kSummary, kUnicode), testing::HasSubstr(R"(
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
  EXPECT_THAT(text_report(matrix, kSummary, kUnicode), testing::HasSubstr(R"(
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
  EXPECT_THAT(text_report(matrix, kSummary, kUnicode), testing::HasSubstr(R"(
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
  EXPECT_THAT(text_report(matrix_of({until, watched}), kSummary, kUnicode), testing::HasSubstr(R"(
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
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("\033")));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("\a")));
}

TEST(TextReport, SaysThatSegmentsAreMissing) {
  RunSummary summary;
  summary.capture_trouble = "no segments: Operation not permitted";
  EXPECT_THAT(text_report(Matrix(), summary, {}),
              testing::HasSubstr("\nevidence: no segments: Operation not permitted\n"));
  EXPECT_THAT(text_report(Matrix(), RunSummary(), {}),
              testing::Not(testing::HasSubstr("evidence")));
}

TEST(TextReport, SaysHowManyCellsPassedWithoutAPrediction) {
  CellResult unknown = passing({}, "bound");
  unknown.is_predicted = false;
  EXPECT_THAT(text_report(matrix_of({unknown}), kSummary, kUnicode),
              testing::HasSubstr("expected = predicted = kernel in 0 of 1; 1 passed without a "
                                 "prediction\n"));
}

TEST(TextReport, SaysHowManyCellsWereLeftOutAndHowToRunThem) {
  RunSummary summary = kSummary;
  summary.left_out = {{"slow", 14}, {"slowest", 1}};
  EXPECT_THAT(
      text_report(matrix_of({passing({}, "bound")}), summary, kUnicode),
      testing::HasSubstr("kernel in 1 of 1\nleft out because they are slow: 14 cells (--tag "
                         "slow), 1 cell (--tag slowest)\nLinux"));
}

TEST(TextReport, SaysThatItIsOnlyAPartOfARun) {
  RunSummary summary = kSummary;
  summary.shards = {{{.index = 1, .count = 3}, 4}, {{.index = 3, .count = 3}, 4}};
  EXPECT_THAT(
      text_report(matrix_of({passing({}, "bound")}), summary, kUnicode),
      testing::HasSubstr("kernel in 1 of 1\nnot the whole run, only shard 1/3, 3/3 of it\nLinux"));
}

TEST(TextReport, SaysWhyABetterIsolationIsNotUsed) {
  RunSummary summary = kSummary;
  summary.isolation_refusals = "user+net+pid namespaces: clone3(): Operation not permitted";
  EXPECT_THAT(
      text_report(matrix_of({passing({}, "bound")}), summary, kUnicode),
      testing::HasSubstr("\nLinux 6.18.44, user+net+pid namespaces\n"
                         "not used: user+net+pid namespaces: clone3(): Operation not permitted\n"));
}

TEST(TextReport, PaintsMarksInTheColourOfTheirVerdict) {
  const TextStyle colour{.colour = true, .unicode = true, .width = 80};
  const std::string text = text_report(with_all_verdicts(), kSummary, colour);
  for (const char* mark : {"\033[32m✓\033[0m", "\033[1;31m✗\033[0m", "\033[33m?\033[0m",
                           "\033[2m–\033[0m", "\033[1;35m!\033[0m"})
    EXPECT_THAT(text, testing::HasSubstr(mark));
}

}  // namespace
}  // namespace timewait
