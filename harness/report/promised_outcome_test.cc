// How a matrix of single calls shows what a document promises.

#include "harness/report/test_text_report.h"

namespace timewait {
namespace {

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

}  // namespace
}  // namespace timewait
