#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "harness/page/page_sources.h"
#include "harness/report/matrix.h"

namespace timewait {

/// The themes and scenarios of a run in their order, and which cell of the page stands at which of
/// their places.
class PageMatrix {
 public:
  /// The matrix belongs to somebody else and must live as long.
  explicit PageMatrix(const Matrix& matrix);

  /// A place for a cell: what all its runs gave, the number of its scenario, and its own once it is
  /// on the page.
  struct Place {
    const MatrixCell* cell = nullptr;
    std::size_t scenario = 0;
    std::optional<std::size_t> number;
  };

  /// The place of a cell, which must be in the matrix.
  Place& place_of(const std::string& scenario, const Point& point);

  nlohmann::ordered_json themes_json(const Translation& chinese) const;
  nlohmann::ordered_json scenarios_json(const PageSources& sources) const;

 private:
  nlohmann::ordered_json numbers_of(const MatrixScenario& scenario) const;

  const Matrix& matrix_;
  std::map<std::string, Place> places_;  ///< by "SCENARIO/CELL"
};

}  // namespace timewait
