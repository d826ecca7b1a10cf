#pragma once

#include <string>
#include <vector>

#include "harness/report/matrix.h"

namespace timewait {

/// The columns of the row labels of a matrix: wide enough for the names of the variations and for
/// all values.
class LabelColumns {
 public:
  explicit LabelColumns(const MatrixScenario& scenario);

  /// The names of the variations, that of the columns last: "client  first \ rebind".
  std::string corner() const { return text(names_); }

  /// The labels of a row, each filled up to its column.
  std::string text(const std::vector<std::string>& labels) const;

 private:
  void widen(const std::vector<std::string>& labels);

  std::vector<std::string> names_;
  std::vector<int> widths_;
};

}  // namespace timewait
