#pragma once

#include <string>

#include "harness/run/record.h"

namespace timewait {

/// What a matrix needs to know of a record.
struct CellResult {
  std::string scenario;
  std::string theme;
  std::string title;
  Point point;
  Verdict verdict = Verdict::error;
  std::string reason;
  std::string outcome;   ///< empty when the attempt gave none
  std::string measured;  ///< of a repeated attempt, "after 61.44 s (60 to 62.05 s)"; else empty
  std::string
      seen;  ///< what the preconditions saw: "TIME_WAIT", "client FIN_WAIT2; server CLOSE_WAIT"
  std::string expected;
  std::string promised;       ///< empty where no document promises anything
  bool is_predicted = false;  ///< the model knows the script and has said what it gives
};

/// The same of a whole record.
CellResult cell_result_of(const Record& record);

}  // namespace timewait
