// What stands below the matrices: of how many cells, how and where they ran, and what is missing.

#include "harness/report/test_text_report.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string report_of(const CellResult& result, const RunSummary& summary) {
  return text_report(matrix_of({result}), summary, kUnicode);
}

TEST(TextReport, SaysThatSegmentsAreMissing) {
  RunSummary summary;
  summary.capture_trouble = "no segments: Operation not permitted";
  EXPECT_THAT(text_report(Matrix(), summary, {}),
              HasSubstr("\nevidence: no segments: Operation not permitted\n"));
  EXPECT_THAT(text_report(Matrix(), RunSummary(), {}), Not(HasSubstr("evidence")));
}

TEST(TextReport, SaysHowManyCellsPassedWithoutAPrediction) {
  CellResult unknown = passing({}, "bound");
  unknown.is_predicted = false;
  EXPECT_THAT(report_of(unknown, kSummary),
              HasSubstr("expected = predicted = kernel in 0 of 1; 1 passed without a "
                        "prediction\n"));
}

TEST(TextReport, SaysHowManyCellsWereLeftOutAndHowToRunThem) {
  RunSummary summary = kSummary;
  summary.left_out = {{"slow", 14}, {"slowest", 1}};
  EXPECT_THAT(report_of(passing({}, "bound"), summary),
              HasSubstr("kernel in 1 of 1\nleft out because they are slow: 14 cells (--tag "
                        "slow), 1 cell (--tag slowest)\nLinux"));
}

TEST(TextReport, SaysThatItIsOnlyAPartOfARun) {
  RunSummary summary = kSummary;
  summary.shards = {{{.index = 1, .count = 3}, 4}, {{.index = 3, .count = 3}, 4}};
  EXPECT_THAT(report_of(passing({}, "bound"), summary),
              HasSubstr("kernel in 1 of 1\nnot the whole run, only shard 1/3, 3/3 of it\nLinux"));
}

TEST(TextReport, SaysWhyABetterIsolationIsNotUsed) {
  RunSummary summary = kSummary;
  summary.isolation_refusals = "user+net+pid namespaces: clone3(): Operation not permitted";
  EXPECT_THAT(report_of(passing({}, "bound"), summary),
              HasSubstr("\nLinux 6.18.44, user+net+pid namespaces\n"
                        "not used: user+net+pid namespaces: clone3(): Operation not permitted\n"));
}

}  // namespace
}  // namespace timewait
