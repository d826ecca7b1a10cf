// Results of cells and the matrices of them, for tests of how they are shown.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "harness/report/text_report.h"

namespace timewait {

inline constexpr TextStyle kUnicode{.colour = false, .unicode = true, .width = 80};
inline constexpr TextStyle kAscii{.colour = false, .unicode = false, .width = 80};

inline const RunSummary kSummary{.kernel = "6.18.44",
                                 .isolation = "user+net+pid namespaces",
                                 .jobs = 2,
                                 .wall_time = std::chrono::milliseconds(1234)};

/// A cell of "server-closes-first" before whose attempt TIME_WAIT was seen.
inline CellResult cell(const Point& point, Verdict verdict, const std::string& outcome,
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

inline CellResult passing(const Point& point, const std::string& outcome) {
  return cell(point, Verdict::pass, outcome);
}

inline Matrix matrix_of(const std::vector<CellResult>& results) {
  Matrix matrix;
  for (const CellResult& result : results) matrix.add(result);
  return matrix;
}

}  // namespace timewait
