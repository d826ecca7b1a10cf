#include "harness/report/matrix.h"

#include <algorithm>
#include <numeric>

namespace timewait {
namespace {

template <typename Item>
Item& find_or_add(std::vector<Item>& items, const std::string& name) {
  const auto found = std::ranges::find(items, name, &Item::name);
  return found != items.end() ? *found : items.emplace_back(Item{.name = name});
}

template <typename Value>
void add_once(std::vector<Value>& values, const Value& value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

std::vector<std::string> row_of(const Point& point) {
  std::vector<std::string> row;
  for (std::size_t i = 0; i + 1 < point.size(); ++i) row.push_back(point[i].second);
  return row;
}

std::string column_of(const Point& point) {
  return point.empty() ? std::string() : point.back().second;
}

void describe_axes(MatrixScenario& scenario, const CellResult& result) {
  scenario.title = result.title;
  scenario.row_names.clear();
  for (std::size_t i = 0; i + 1 < result.point.size(); ++i)
    scenario.row_names.push_back(result.point[i].first);
  scenario.column_name = result.point.empty() ? std::string() : result.point.back().first;
  add_once(scenario.rows, row_of(result.point));
  add_once(scenario.columns, column_of(result.point));
}

}  // namespace

int badness(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return 0;
    case Verdict::skip:
      return 1;
    case Verdict::inconclusive:
      return 2;
    case Verdict::error:
      return 3;
    case Verdict::fail:
      return 4;
  }
  return 4;
}

const MatrixCell* MatrixScenario::find(const std::vector<std::string>& row,
                                       const std::string& column) const {
  const auto found = std::ranges::find_if(cells, [&](const MatrixCell& cell) {
    return row_of(cell.point) == row && column_of(cell.point) == column;
  });
  return found == cells.end() ? nullptr : &*found;
}

std::map<std::string, int> VerdictCounts::by_name() const {
  std::map<std::string, int> counts;
  for (const auto& [verdict, name] : kVerdicts.rows()) counts[std::string(name)] = of(verdict);
  return counts;
}

int VerdictCounts::all() const { return std::accumulate(counts_.begin(), counts_.end(), 0); }

MatrixCell& Matrix::place_of(const CellResult& result) {
  MatrixTheme& theme = find_or_add(themes_, result.theme);
  MatrixScenario& scenario = find_or_add(theme.scenarios, result.scenario);
  const auto cell = std::ranges::find(scenario.cells, result.point, &MatrixCell::point);
  if (cell != scenario.cells.end()) return *cell;
  describe_axes(scenario, result);
  return scenario.cells.emplace_back(MatrixCell{.point = result.point});
}

void Matrix::add(const CellResult& result) {
  counts_.add(result.verdict);
  if (result.verdict == Verdict::pass && result.is_predicted) ++predicted_;
  MatrixCell& cell = place_of(result);
  if (cell.runs++ > 0 && badness(result.verdict) <= badness(cell.verdict)) return;
  cell.verdict = result.verdict;
  cell.outcome = result.outcome;
  cell.measured = result.measured;
  cell.promised = result.promised;
  cell.seen = result.seen;
  cell.reason = result.reason;
}

void Matrix::drop_what_did_not_run() {
  Matrix ran;
  for (const MatrixTheme& theme : themes_)
    for (const MatrixScenario& scenario : theme.scenarios)
      for (const MatrixCell& cell : scenario.cells)
        if (cell.runs > 0)
          ran.place_of({.scenario = scenario.name,
                        .theme = theme.name,
                        .title = scenario.title,
                        .point = cell.point}) = cell;
  themes_ = std::move(ran.themes_);
}

const MatrixCell* Matrix::find(const Record& record) const {
  const auto theme = std::ranges::find(themes_, record.theme, &MatrixTheme::name);
  if (theme == themes_.end()) return nullptr;
  const auto& scenarios = theme->scenarios;
  const auto scenario = std::ranges::find(scenarios, record.scenario, &MatrixScenario::name);
  if (scenario == scenarios.end()) return nullptr;
  const auto cell = std::ranges::find(scenario->cells, record.point, &MatrixCell::point);
  return cell == scenario->cells.end() ? nullptr : &*cell;
}

int Matrix::exit_code() const {
  constexpr int kFail = 1, kInconclusive = 3, kCannotRun = 77, kBroken = 125;
  if (counts_.of(Verdict::fail) > 0) return kFail;
  if (counts_.of(Verdict::error) > 0) return kBroken;
  if (counts_.of(Verdict::inconclusive) > 0) return kInconclusive;
  const bool all_skipped = counts_.all() > 0 && counts_.of(Verdict::skip) == counts_.all();
  return all_skipped ? kCannotRun : 0;
}

}  // namespace timewait
