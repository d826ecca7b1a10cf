#include "harness/report/text_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

constexpr int kIndent = 4;
constexpr int kGap = 3;

struct VerdictLook {
  std::string_view mark;
  std::string_view ascii;
  Colour colour;
  std::string_view legend;
};

VerdictLook look_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return {"✓", "+", Colour::green, "as expected"};
    case Verdict::fail:
      return {"✗", "X", Colour::red, "differs from what was expected"};
    case Verdict::inconclusive:
      return {"?", "?", Colour::yellow, "precondition not seen"};
    case Verdict::skip:
      return {"–", "-", Colour::dim, "cannot run here"};
    case Verdict::error:
      return {"!", "!", Colour::magenta, "harness or fixture broke"};
  }
  return {};
}

/// "EADDRINUSE" for "bind:EADDRINUSE": bind is what one expects to fail.
std::string short_outcome(const MatrixCell& cell) {
  constexpr std::string_view kBind = "bind:";
  if (cell.outcome.empty()) return std::string(kVerdicts.name(cell.verdict));
  return cell.outcome.starts_with(kBind) ? cell.outcome.substr(kBind.size()) : cell.outcome;
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  std::string all;
  for (const std::string& word : words) {
    if (!all.empty()) all += between;
    all += word;
  }
  return all;
}

class TextReport {
 public:
  TextReport(const Matrix& matrix, const RunSummary& summary, const TextStyle& style)
      : matrix_(matrix), summary_(summary), style_(style) {}

  std::string write() {
    for (const MatrixTheme& theme : matrix_.themes()) {
      std::string heading = theme.name;
      std::ranges::replace(heading, '-', ' ');
      line(paint(style_, Colour::bold, heading));
      for (const MatrixScenario& scenario : theme.scenarios) write(scenario);
      line("");
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

  std::string mark(Verdict verdict) const {
    const VerdictLook look = look_of(verdict);
    return paint(style_, look.colour, style_.unicode ? look.mark : look.ascii);
  }

  void write(const MatrixScenario& scenario) {
    if (scenario.column_name.empty()) return write_single(scenario);
    line("  " + heading_of(scenario, style_.width - 2));
    const int label_width = label_width_of(scenario);
    const int room = style_.width - kIndent - label_width;
    const int column_width = column_width_of(scenario);
    const auto per_block = static_cast<std::size_t>(std::max(1, room / column_width));
    for (std::size_t first = 0; first < scenario.columns.size(); first += per_block)
      write_block(scenario, first, std::min(first + per_block, scenario.columns.size()),
                  label_width, column_width);
  }

  std::string heading_of(const MatrixScenario& scenario, int width) const {
    const int room = width - display_width(scenario.name) - 2;
    return paint(style_, Colour::bold, scenario.name) + "  " +
           paint(style_, Colour::dim, shortened(scenario.title, room, style_));
  }

  /// A scenario that varies nothing takes one line.
  void write_single(const MatrixScenario& scenario) {
    const MatrixCell& cell = scenario.cells.front();
    const std::string outcome = short_outcome(cell);
    const int room = style_.width - 2 - kGap - 2 - display_width(outcome);
    const std::string title =
        shortened(scenario.title, std::max(0, room - display_width(scenario.name) - 2), style_);
    const int used = display_width(scenario.name) + 2 + display_width(title);
    line("  " + paint(style_, Colour::bold, scenario.name) + "  " +
         paint(style_, Colour::dim, title) +
         std::string(static_cast<std::size_t>(std::max(kGap, room - used + kGap)), ' ') +
         mark(cell.verdict) + ' ' + outcome);
  }

  int label_width_of(const MatrixScenario& scenario) const {
    int width = display_width(corner_of(scenario));
    for (const auto& row : scenario.rows) width = std::max(width, display_width(join(row, " ")));
    return width + kGap;
  }

  static std::string corner_of(const MatrixScenario& scenario) {
    return join(scenario.row_names, " ") + (scenario.row_names.empty() ? "" : " \\ ") +
           scenario.column_name;
  }

  static int column_width_of(const MatrixScenario& scenario) {
    int width = 0;
    for (const std::string& column : scenario.columns)
      width = std::max(width, display_width(column));
    for (const MatrixCell& cell : scenario.cells)
      width = std::max(width, display_width(short_outcome(cell)));
    return width + 2 + kGap;
  }

  void write_block(const MatrixScenario& scenario, std::size_t first, std::size_t last,
                   int label_width, int column_width) {
    const std::string indent(kIndent, ' ');
    std::string header = indent + padded(corner_of(scenario), label_width);
    for (std::size_t i = first; i < last; ++i)
      header += padded("  " + scenario.columns[i], column_width);
    line(paint(style_, Colour::dim, header));
    for (const auto& row : scenario.rows) {
      std::string cells = indent + padded(join(row, " "), label_width);
      for (std::size_t i = first; i < last; ++i)
        cells += cell_text(scenario.find(row, scenario.columns[i]), column_width);
      line(cells);
    }
  }

  std::string cell_text(const MatrixCell* cell, int width) const {
    if (cell == nullptr) return padded("", width);
    return mark(cell->verdict) + ' ' + padded(short_outcome(*cell), width - 2);
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
    line(fmt::format("{} {} {}/{}", mark(cell.verdict), kVerdicts.name(cell.verdict), scenario.name,
                     cell_name(cell.point)));
    line("    " + wrapped(cell.reason, style_.width - kIndent, kIndent));
  }

  void write_summary() {
    const VerdictCounts& counts = matrix_.counts();
    std::string totals = fmt::format("{} cells:", counts.all());
    std::string between = " ";
    for (const auto& [verdict, name] : kVerdicts.rows()) {
      if (counts.of(verdict) == 0) continue;
      totals += fmt::format("{}{} {} {}", between, mark(verdict), counts.of(verdict), name);
      between = ", ";
    }
    const auto seconds = std::chrono::duration<double>(summary_.wall_time).count();
    line(fmt::format("{}; {:.2f} s, {} at a time", totals, seconds, summary_.jobs));
    line(fmt::format("Linux {}, {}", summary_.kernel, summary_.isolation));
    if (!summary_.isolation_refusals.empty())
      line(wrapped("not used: " + summary_.isolation_refusals, style_.width, 2));
    line(paint(style_, Colour::dim, legend()));
  }

  std::string legend() const {
    std::string all = "a cell names the call that failed unless it is bind";
    for (const auto& [verdict, name] : kVerdicts.rows())
      if (matrix_.counts().of(verdict) > 0) {
        const VerdictLook look = look_of(verdict);
        all += fmt::format("; {} {}", style_.unicode ? look.mark : look.ascii, look.legend);
      }
    return wrapped(all, style_.width, 0);
  }

  const Matrix& matrix_;
  const RunSummary& summary_;
  const TextStyle& style_;
  std::string text_;
};

}  // namespace

std::string text_report(const Matrix& matrix, const RunSummary& summary, const TextStyle& style) {
  return TextReport(matrix, summary, style).write();
}

}  // namespace timewait
