#include "harness/report/text_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/report/cell_words.h"
#include "harness/report/characters.h"
#include "harness/report/label_columns.h"
#include "harness/report/report_words.h"
#include "harness/report/run_summary_text.h"
#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

constexpr int kIndent = 4;
constexpr int kGap = 2;

class TextReport {
 public:
  TextReport(const Matrix& matrix, const RunSummary& summary, const TextStyle& style)
      : matrix_(matrix), summary_(summary), style_(style) {}

  std::string write() {
    for (const MatrixTheme& theme : matrix_.themes()) {
      write_theme(theme.name);
      for (const MatrixScenario& scenario : theme.scenarios) {
        write(scenario);
        line("");
      }
    }
    write_reasons();
    return text_ + run_summary_text(matrix_, summary_, style_);
  }

 private:
  void line(const std::string& content) {
    text_ += content;
    while (text_.ends_with(' ')) text_.pop_back();
    text_ += '\n';
  }

  std::string mark(Verdict verdict) const { return verdict_mark(verdict, style_); }

  /// A rule across the screen with the name in it.
  void write_theme(const std::string& folder) {
    const std::string name = translation_of(style_).theme(folder);
    const std::string_view dash = style_.unicode ? "─" : "-";
    std::string rule;
    for (int column = display_width(name) + 4; column < style_.width; ++column) rule += dash;
    line(fmt::format("{}{} {} {}", dash, dash, paint(style_, Colour::bold, name), rule));
  }

  void write(const MatrixScenario& scenario) {
    const std::string sight = common_sight(scenario);
    call_ = common_call(scenario);
    write_heading(scenario, sight);
    if (scenario.column_name.empty())
      return line(indent() + cell_text(&scenario.cells.front(), style_.width - kIndent));
    const LabelColumns labels(scenario);
    const std::string corner = labels.corner();
    const int column_width = column_width_of(scenario);
    const int room = style_.width - kIndent - display_width(corner);
    const auto per_block = static_cast<std::size_t>(std::max(1, (room + kGap) / column_width));
    for (std::size_t first = 0; first < scenario.columns.size(); first += per_block) {
      const std::size_t last = std::min(first + per_block, scenario.columns.size());
      std::string header = indent() + corner;
      for (std::size_t i = first; i < last; ++i)
        header += padded("  " + scenario.columns[i], column_width);
      line(paint(style_, Colour::dim, header));
      for (const auto& row : scenario.rows)
        write_row(scenario, row, labels.text(row), first, last, sight.empty());
    }
  }

  void write_row(const MatrixScenario& scenario, const std::vector<std::string>& row,
                 const std::string& label, std::size_t first, std::size_t last, bool with_sight) {
    const int column_width = column_width_of(scenario);
    std::string text = indent() + label;
    for (std::size_t i = first; i < last; ++i)
      text += cell_text(scenario.find(row, scenario.columns[i]), column_width);
    const int used = kIndent + display_width(label) + static_cast<int>(last - first) * column_width;
    const std::string sight = common_sight(scenario, row);
    if (with_sight && used + display_width(sight) <= style_.width)
      text += paint(style_, Colour::dim, sight);
    line(text);
  }

  static std::string indent() { return std::string(kIndent, ' '); }

  /// The name with the call of all cells and what was seen before every attempt, and the title.
  void write_heading(const MatrixScenario& scenario, const std::string& sight) {
    const std::string call = call_.empty() ? "" : "  " + call_ + "()";
    const int room = style_.width - 2 - display_width(scenario.name + call) - kGap;
    const std::string seen = sight.empty() ? "" : "  " + shortened("[" + sight + "]", room, style_);
    line("  " + paint(style_, Colour::bold, in_one_line(scenario.name)) +
         paint(style_, Colour::dim, call + seen));
    const std::string title = translation_of(style_).title(scenario.name, scenario.title);
    line(indent() + wrapped(in_one_line(title), style_.width - kIndent, kIndent));
  }

  int column_width_of(const MatrixScenario& scenario) const {
    int width = 0;
    for (const std::string& column : scenario.columns)
      width = std::max(width, display_width(column));
    for (const MatrixCell& cell : scenario.cells)
      width = std::max(width, display_width(words_of(cell)));
    return width + 2 + kGap;
  }

  std::string words_of(const MatrixCell& cell) const {
    return cell.outcome.empty() ? told(style_, cell.verdict)
                                : cell_words(cell, call_, style_.unicode);
  }

  std::string cell_text(const MatrixCell* cell, int width) const {
    if (cell == nullptr) return padded("", width);
    const Colour colour = cell->outcome == "bound" ? Colour::bold : Colour::none;
    return mark(cell->verdict) + ' ' + paint(style_, colour, padded(words_of(*cell), width - 2));
  }

  /// Cells that do not pass and have the same to say for it.
  struct Unpassed {
    Verdict verdict;
    std::string reason;
    std::vector<std::string> scenarios{};  ///< each once
    std::string first_cell{};
    int cells = 0;
  };

  /// Each cell by itself, but for those that are skipped: a machine may lack one thing for
  /// hundreds.
  std::vector<Unpassed> unpassed() const {
    std::vector<Unpassed> all;
    for (const MatrixTheme& theme : matrix_.themes())
      for (const MatrixScenario& scenario : theme.scenarios)
        for (const MatrixCell& cell : scenario.cells)
          if (cell.verdict != Verdict::pass) add(scenario, cell, all);
    return all;
  }

  static void add(const MatrixScenario& scenario, const MatrixCell& cell,
                  std::vector<Unpassed>& all) {
    auto same = std::ranges::find_if(all, [&](const Unpassed& one) {
      return one.verdict == Verdict::skip && cell.verdict == Verdict::skip &&
             one.reason == cell.reason;
    });
    if (same == all.end())
      same = all.insert(all.end(), {.verdict = cell.verdict,
                                    .reason = cell.reason,
                                    .first_cell = scenario.name + "/" + cell_name(cell.point)});
    ++same->cells;
    if (same->scenarios.empty() || same->scenarios.back() != scenario.name)
      same->scenarios.push_back(scenario.name);
  }

  void write_indented(const std::string& text) {
    line(indent() + wrapped(text, style_.width - kIndent, kIndent));
  }

  void write_reasons() {
    const auto all = unpassed();
    for (const Unpassed& one : all) {
      const bool is_alone = one.cells == 1;
      line(fmt::format("{} {} {}", mark(one.verdict), told(style_, one.verdict),
                       is_alone ? in_one_line(one.first_cell) : cell_count(style_, one.cells)));
      write_indented(in_one_line(one.reason));
      if (!is_alone) write_indented(in_one_line(fmt::format("{}", fmt::join(one.scenarios, ", "))));
    }
    if (!all.empty()) line("");
  }

  const Matrix& matrix_;
  const RunSummary& summary_;
  const TextStyle& style_;
  std::string call_;  ///< what the heading of the scenario being written names
  std::string text_;
};

}  // namespace

std::string text_report(const Matrix& matrix, const RunSummary& summary, const TextStyle& style) {
  return TextReport(matrix, summary, style).write();
}

}  // namespace timewait
