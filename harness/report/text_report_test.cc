#include "harness/report/text_report.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

constexpr TextStyle kUnicode{.colour = false, .unicode = true, .width = 80};
constexpr TextStyle kAscii{.colour = false, .unicode = false, .width = 80};

const RunSummary kSummary{.kernel = "6.18.44",
                          .isolation = "user+net+pid namespaces",
                          .jobs = 2,
                          .wall_time = std::chrono::milliseconds(1234)};

/// A cell of "server-closes-first" unless told otherwise.
CellResult cell(const Point& point, Verdict verdict, const std::string& outcome,
                const std::string& reason = "") {
  return {.scenario = "server-closes-first",
          .theme = "who-closes-first",
          .title = "The server closes first",
          .point = point,
          .verdict = verdict,
          .reason = reason,
          .outcome = outcome,
          .expected = "bound"};
}

CellResult named(CellResult result, const std::string& theme, const std::string& scenario,
                 const std::string& title) {
  result.theme = theme;
  result.scenario = scenario;
  result.title = title;
  return result;
}

Matrix matrix_of(const std::vector<CellResult>& results) {
  Matrix matrix;
  for (const CellResult& result : results) matrix.add(result);
  return matrix;
}

Matrix with_all_verdicts() {
  return matrix_of({
      cell({{"rebind", "plain"}}, Verdict::pass, "bind:EADDRINUSE"),
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
      cell({{"first", "plain"}, {"rebind", "plain"}}, Verdict::pass, "bind:EADDRINUSE"),
      cell({{"first", "plain"}, {"rebind", "reuseaddr"}}, Verdict::pass, "bind:EADDRINUSE"),
      cell({{"first", "reuseaddr"}, {"rebind", "plain"}}, Verdict::pass, "bind:EADDRINUSE"),
      cell({{"first", "reuseaddr"}, {"rebind", "reuseaddr"}}, Verdict::pass, "bound"),
  });
  EXPECT_EQ(text_report(matrix, kSummary, kUnicode), R"(x)");
}

TEST(TextReport, ShowsAllVerdictsAndTheReasons) {
  EXPECT_EQ(text_report(with_all_verdicts(), kSummary, {.width = 120}), R"(x)");
}

TEST(TextReport, HasAsciiMarksWithoutUnicode) {
  EXPECT_EQ(text_report(with_all_verdicts(), kSummary, kAscii), R"(x)");
}

TEST(TextReport, ShowsAScenarioThatVariesNothingInOneLine) {
  const Matrix matrix = matrix_of({
      named(cell({}, Verdict::pass, "bound"), "udp", "udp-has-no-time-wait",
            "UDP has no TIME_WAIT"),
      named(cell({}, Verdict::pass, "bind:EADDRINUSE"), "udp", "two-sockets",
            "Two sockets on one address, of which the second one sets an option that the first has "
            "not set"),
  });
  EXPECT_EQ(text_report(matrix, kSummary, kUnicode), R"(x)");
}

TEST(TextReport, SaysWhyABetterIsolationIsNotUsed) {
  RunSummary summary = kSummary;
  summary.isolation_refusals = "user+net+pid namespaces: clone3(): Operation not permitted";
  const Matrix matrix = matrix_of({cell({}, Verdict::pass, "bound")});
  EXPECT_EQ(text_report(matrix, summary, kUnicode), R"(x)");
}

TEST(TextReport, LeavesACellEmptyThatDidNotRun) {
  const Matrix matrix = matrix_of({
      cell({{"first", "plain"}, {"rebind", "plain"}}, Verdict::pass, "bound"),
      cell({{"first", "both"}, {"rebind", "both"}}, Verdict::pass, "bound"),
  });
  EXPECT_EQ(text_report(matrix, kSummary, kUnicode), R"(x)");
}

TEST(TextReport, PaintsMarksInTheColourOfTheirVerdict) {
  const TextStyle colour{.colour = true, .unicode = true, .width = 80};
  const std::string text = text_report(with_all_verdicts(), kSummary, colour);
  for (const char* mark : {"\033[32m✓\033[0m", "\033[1;31m✗\033[0m", "\033[33m?\033[0m",
                           "\033[2m–\033[0m", "\033[1;35m!\033[0m"})
    EXPECT_NE(text.find(mark), std::string::npos) << mark;
}

}  // namespace
}  // namespace timewait
