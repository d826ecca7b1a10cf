#pragma once

#include <nlohmann/json.hpp>

#include "harness/page/page_rules.h"
#include "harness/page/text_pool.h"
#include "harness/page/translations.h"
#include "harness/report/matrix.h"
#include "harness/run/record.h"

namespace timewait {

/// Turns cells into what the page has of them. What several cells say goes into lists that they
/// share.
class PageCells {
 public:
  /// The translations belong to somebody else and must live as long.
  explicit PageCells(const Translations& translations) : translations_(translations) {}

  /// The cell of a scenario, told by `record`; `cell` is what all its runs gave.
  nlohmann::ordered_json json(const Record& record, const MatrixCell& cell, std::size_t scenario);

  const TextPool& texts() const { return texts_; }
  const PageRules& rules() const { return rules_; }

 private:
  void add_result(const Record& record, const MatrixCell& cell, nlohmann::ordered_json& json);
  void add_prediction(const Record& record, nlohmann::ordered_json& json);
  void add_story(const Record& record, nlohmann::ordered_json& json);

  const Translations& translations_;
  TextPool texts_;
  PageRules rules_;
};

}  // namespace timewait
