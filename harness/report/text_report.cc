#include "harness/report/text_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/cell_words.h"
#include "harness/report/characters.h"
#include "harness/report/label_columns.h"
#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

constexpr int kIndent = 4;
constexpr int kGap = 2;

/// What all of `cells` saw before the attempt; empty when they differ.
std::string common_sight(const std::vector<const MatrixCell*>& cells) {
  const auto differs = [&](const MatrixCell* cell) { return cell->seen != cells.front()->seen; };
  if (cells.empty() || std::ranges::any_of(cells, differs)) return "";
  return cells.front()->seen;
}

std::vector<const MatrixCell*> cells_of(const MatrixScenario& scenario) {
  std::vector<const MatrixCell*> cells;
  for (const MatrixCell& cell : scenario.cells) cells.push_back(&cell);
  return cells;
}

std::vector<const MatrixCell*> cells_of_row(const MatrixScenario& scenario,
                                            const std::vector<std::string>& row) {
  std::vector<const MatrixCell*> cells;
  for (const std::string& column : scenario.columns)
    if (const MatrixCell* cell = scenario.find(row, column)) cells.push_back(cell);
  return cells;
}

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
    write_summary();
    return std::move(text_);
  }

 private:
  void line(const std::string& content) {
    text_ += content;
    while (text_.ends_with(' ')) text_.pop_back();
    text_ += '\n';
  }

  std::string mark(Verdict verdict) const { return verdict_mark(verdict, style_); }

  /// A rule across the screen with the name in it.
  void write_theme(std::string name) {
    std::ranges::replace(name, '-', ' ');
    const std::string_view dash = style_.unicode ? "─" : "-";
    std::string rule;
    for (int column = display_width(name) + 4; column < style_.width; ++column) rule += dash;
    line(fmt::format("{}{} {} {}", dash, dash, paint(style_, Colour::bold, name), rule));
  }

  void write(const MatrixScenario& scenario) {
    const std::string sight = common_sight(cells_of(scenario));
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
    const std::string sight = common_sight(cells_of_row(scenario, row));
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
    line(indent() + wrapped(in_one_line(scenario.title), style_.width - kIndent, kIndent));
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
    return cell_words(cell, call_, style_.unicode);
  }

  std::string cell_text(const MatrixCell* cell, int width) const {
    if (cell == nullptr) return padded("", width);
    const Colour colour = cell->outcome == "bound" ? Colour::bold : Colour::none;
    return mark(cell->verdict) + ' ' + paint(style_, colour, padded(words_of(*cell), width - 2));
  }

  void write_reasons() {
    bool any = false;
    for (const MatrixTheme& theme : matrix_.themes())
      for (const MatrixScenario& scenario : theme.scenarios)
        for (const MatrixCell& cell : scenario.cells) {
          if (cell.verdict == Verdict::pass) continue;
          any = true;
          write_reason(scenario, cell);
        }
    if (any) line("");
  }

  void write_reason(const MatrixScenario& scenario, const MatrixCell& cell) {
    line(fmt::format("{} {} {}", mark(cell.verdict), kVerdicts.name(cell.verdict),
                     in_one_line(scenario.name + "/" + cell_name(cell.point))));
    line("    " + wrapped(in_one_line(cell.reason), style_.width - kIndent, kIndent));
  }

  void write_summary() {
    const VerdictCounts& counts = matrix_.counts();
    std::string totals = fmt::format("{} {}:", counts.all(), counts.all() == 1 ? "cell" : "cells");
    std::string between = " ";
    for (const auto& [verdict, name] : kVerdicts.rows()) {
      if (counts.of(verdict) == 0) continue;
      totals += fmt::format("{}{} {} {}", between, mark(verdict), counts.of(verdict), name);
      between = ", ";
    }
    const auto seconds = std::chrono::duration<double>(summary_.wall_time).count();
    line(fmt::format("{}; {:.2f} s, {} at a time", totals, seconds, summary_.jobs));
    if (counts.of(Verdict::pass) > 0) line(agreement());
    if (!summary_.left_out.empty()) line(wrapped(left_out(), style_.width, 2));
    if (!summary_.shards.empty())
      line(wrapped(fmt::format("not the whole run, only shard {} of it", shard_names(summary_)),
                   style_.width, 2));
    line(fmt::format("Linux {}, {}", summary_.kernel, summary_.isolation));
    if (!summary_.isolation_refusals.empty())
      line(wrapped("not used: " + summary_.isolation_refusals, style_.width, 2));
    if (!summary_.capture_trouble.empty())
      line(wrapped("evidence: " + summary_.capture_trouble, style_.width, 2));
    if (!summary_.sees_options)
      line(
          wrapped("the options of sockets cannot be read here: programs are believed to set those "
                  "they are asked for",
                  style_.width, 2));
    line(paint(style_, Colour::dim, legend()));
  }

  /// A pass means that all three agree, unless the model does not know a script.
  std::string agreement() const {
    const int unknown = matrix_.counts().of(Verdict::pass) - matrix_.predicted();
    const std::string rest =
        unknown == 0 ? "" : fmt::format("; {} passed without a prediction", unknown);
    return fmt::format("expected = predicted = kernel in {} of {}{}", matrix_.predicted(),
                       matrix_.counts().all(), rest);
  }

  /// "left out because they are slow: 14 cells (--tag slow), 1 cell (--tag slowest)"
  std::string left_out() const {
    std::string all = "left out because they are slow:";
    std::string between = " ";
    for (const auto& [tag, cells] : summary_.left_out) {
      all += fmt::format("{}{} {} (--tag {})", between, cells, cells == 1 ? "cell" : "cells", tag);
      between = ", ";
    }
    return all;
  }

  std::string legend() const {
    std::string all = "a cell names the call that failed unless it is bind";
    if (any_scenario([](const auto& one) { return !common_call(one).empty(); }))
      all += " or the heading does; a number is what the call returned";
    if (any_scenario(has_promises))
      all += fmt::format("; = as the document promises; {} what it promises instead",
                         differs_sign(style_.unicode));
    for (const auto& [verdict, name] : kVerdicts.rows())
      if (matrix_.counts().of(verdict) > 0) {
        const VerdictLook look = look_of(verdict);
        all += fmt::format("; {} {}", style_.unicode ? look.mark : look.ascii, look.legend);
      }
    return wrapped(all, style_.width, 0);
  }

  template <typename Condition>
  bool any_scenario(const Condition& condition) const {
    return std::ranges::any_of(matrix_.themes(), [&](const MatrixTheme& theme) {
      return std::ranges::any_of(theme.scenarios, condition);
    });
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
