#include "harness/export/annotations.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "harness/export/cell_account.h"
#include "harness/report/characters.h"

namespace timewait {
namespace {

constexpr std::array<std::string_view, 3> kLevels{"error", "warning", "notice"};

/// Empty for a verdict that is worth no annotation.
std::string_view level_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "";
    case Verdict::fail:
    case Verdict::error:
      return "error";
    case Verdict::inconclusive:
      return "warning";
    case Verdict::skip:
      return "notice";
  }
  return "";
}

/// `text` with the characters of `special` as "%0A" and the like.
std::string escaped(const std::string& text, std::string_view special) {
  std::string result;
  for (const char character : text)
    result += special.find(character) == std::string_view::npos
                  ? std::string(1, character)
                  : fmt::format("%{:02X}", static_cast<int>(character));
  return result;
}

std::string message(const std::string& text) { return printable(escaped(text, "%\r\n")); }
std::string property(const std::string& text) { return printable(escaped(text, "%\r\n:,")); }

std::string annotation(const MatrixTheme& theme, const MatrixScenario& scenario,
                       const MatrixCell& cell) {
  return fmt::format("::{} file={},title={}::{}\n", level_of(cell.verdict),
                     property(scenario_file(theme.name, scenario.name)),
                     property(fmt::format("{}: {}", kVerdicts.name(cell.verdict),
                                          full_name(scenario.name, cell.point))),
                     message(cell.reason));
}

std::vector<std::string> annotations(const Matrix& matrix, std::string_view level) {
  std::vector<std::string> all;
  for (const MatrixTheme& theme : matrix.themes())
    for (const MatrixScenario& scenario : theme.scenarios)
      for (const MatrixCell& cell : scenario.cells)
        if (level_of(cell.verdict) == level) all.push_back(annotation(theme, scenario, cell));
  return all;
}

}  // namespace

void write_annotations(const Matrix& matrix, const Sink& sink) {
  for (const std::string_view level : kLevels) {
    const std::vector<std::string> all = annotations(matrix, level);
    const std::size_t shown = all.size() > kMostAnnotations ? kMostAnnotations - 1 : all.size();
    for (std::size_t i = 0; i < shown; ++i) sink(all[i]);
    if (shown < all.size())
      sink(fmt::format("::{} title=timewait::{} more cells did not pass\n", level,
                       all.size() - shown));
  }
}

}  // namespace timewait
