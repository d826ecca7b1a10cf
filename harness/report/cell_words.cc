#include "harness/report/cell_words.h"

#include <algorithm>

namespace timewait {
namespace {

constexpr std::string_view kUnnamed = "bind";

/// "setsockopt" of "setsockopt:0", nothing of "bound".
std::string call_of(const std::string& outcome) {
  const auto colon = outcome.find(':');
  return colon == std::string::npos ? std::string() : outcome.substr(0, colon);
}

std::string without_call(const std::string& outcome) {
  return outcome.substr(outcome.find(':') + 1);
}

std::string common_sight_of(const std::vector<const MatrixCell*>& cells) {
  const auto differs = [&](const MatrixCell* cell) { return cell->seen != cells.front()->seen; };
  if (cells.empty() || std::ranges::any_of(cells, differs)) return "";
  return cells.front()->seen;
}

}  // namespace

std::string common_sight(const MatrixScenario& scenario) {
  std::vector<const MatrixCell*> cells;
  for (const MatrixCell& cell : scenario.cells) cells.push_back(&cell);
  return common_sight_of(cells);
}

std::string common_sight(const MatrixScenario& scenario, const std::vector<std::string>& row) {
  std::vector<const MatrixCell*> cells;
  for (const std::string& column : scenario.columns)
    if (const MatrixCell* cell = scenario.find(row, column)) cells.push_back(cell);
  return common_sight_of(cells);
}

std::string common_call(const MatrixScenario& scenario) {
  std::string common;
  for (const MatrixCell& cell : scenario.cells) {
    if (cell.outcome.empty()) continue;
    const std::string call = call_of(cell.outcome);
    if (call.empty() || (!common.empty() && call != common)) return "";
    common = call;
  }
  return common == kUnnamed ? "" : common;
}

bool has_promises(const MatrixScenario& scenario) {
  return std::ranges::any_of(scenario.cells,
                             [](const MatrixCell& cell) { return !cell.promised.empty(); });
}

std::string cell_words(const MatrixCell& cell, const std::string& call, bool unicode) {
  if (cell.outcome.empty()) return std::string(kVerdicts.name(cell.verdict));
  const std::string own = call_of(cell.outcome);
  const bool is_known = own == kUnnamed || own == call;
  std::string words = is_known ? without_call(cell.outcome) : cell.outcome;
  if (!cell.measured.empty()) words += " " + cell.measured;
  if (cell.promised.empty()) return words;
  if (cell.promised == cell.outcome) return words + " =";
  const bool same_call = call_of(cell.promised) == own;
  const std::string promised = same_call ? without_call(cell.promised) : cell.promised;
  return words + " " + std::string(differs_sign(unicode)) + " " + promised;
}

std::string_view differs_sign(bool unicode) { return unicode ? "≠" : "!="; }

}  // namespace timewait
