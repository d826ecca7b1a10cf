#include "harness/report/label_columns.h"

#include <algorithm>

#include "harness/report/text_style.h"

namespace timewait {

LabelColumns::LabelColumns(const MatrixScenario& scenario) : names_(scenario.row_names) {
  if (names_.empty())
    names_.push_back(scenario.column_name);
  else
    names_.back() += " \\ " + scenario.column_name;
  widths_.resize(names_.size(), 0);
  widen(names_);
  for (const auto& row : scenario.rows) widen(row);
}

std::string LabelColumns::text(const std::vector<std::string>& labels) const {
  constexpr int kGap = 2;
  std::string all;
  for (std::size_t i = 0; i < widths_.size(); ++i)
    all += padded(i < labels.size() ? labels[i] : "", widths_[i] + kGap);
  return all;
}

void LabelColumns::widen(const std::vector<std::string>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i)
    widths_[i] = std::max(widths_[i], display_width(labels[i]));
}

}  // namespace timewait
