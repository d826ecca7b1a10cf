#pragma once

#include <nlohmann/json.hpp>

#include "harness/page/page_rules.h"
#include "harness/page/text_pool.h"
#include "harness/report/matrix.h"
#include "harness/run/record.h"

namespace timewait {

/// Turns cells into what the page has of them. What several cells say goes into lists that they
/// share.
class PageCells {
 public:
  /// The cell of a scenario, told by `record`; `cell` is what all its runs gave.
  nlohmann::ordered_json json(const Record& record, const MatrixCell& cell, std::size_t scenario);

  const TextPool& texts() const { return texts_; }
  const PageRules& rules() const { return rules_; }

 private:
  void add_result(const Record& record, const MatrixCell& cell, nlohmann::ordered_json& json);
  void add_prediction(const Record& record, nlohmann::ordered_json& json);
  void add_story(const Record& record, nlohmann::ordered_json& json);

  TextPool texts_;
  PageRules rules_;
};

}  // namespace timewait
