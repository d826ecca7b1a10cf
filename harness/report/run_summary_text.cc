#include "harness/report/run_summary_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/cell_words.h"
#include "harness/report/characters.h"
#include "harness/report/report_words.h"
#include "harness/report/run_words.h"
#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

class SummaryText {
 public:
  SummaryText(const Matrix& matrix, const RunSummary& summary, const TextStyle& style)
      : matrix_(matrix), summary_(summary), style_(style) {}

  std::string write() {
    const VerdictCounts& counts = matrix_.counts();
    const auto seconds = std::chrono::duration<double>(summary_.wall_time).count();
    line(told(style_, ReportWord::totals,
              {cell_count(style_, counts.all()), verdict_counts(), fmt::format("{:.2f}", seconds),
               std::to_string(summary_.jobs)}));
    paragraph(agreement_words(matrix_, style_));
    paragraph(left_out_words(summary_, style_));
    paragraph(shard_words(summary_, style_));
    paragraph(interrupted_words(summary_, style_));
    line(in_one_line(told(style_, ReportWord::machine, {summary_.kernel, summary_.isolation})));
    for (const std::string& one : shortcomings(summary_, style_)) paragraph(one);
    line(paint(style_, Colour::dim, wrapped(legend(), style_.width, 0)));
    return std::move(text_);
  }

 private:
  void line(const std::string& content) { text_ += content + '\n'; }

  void paragraph(const std::string& words) {
    if (!words.empty()) line(wrapped(in_one_line(words), style_.width, 2));
  }

  /// "✓ 14 pass, ✗ 2 fail"
  std::string verdict_counts() const {
    std::string all;
    for (const auto& [verdict, name] : kVerdicts.rows()) {
      const int count = matrix_.counts().of(verdict);
      if (count == 0) continue;
      if (!all.empty()) all += told(style_, ReportWord::comma);
      all += fmt::format("{} {} {}", verdict_mark(verdict, style_), count, told(style_, verdict));
    }
    return all;
  }

  std::string legend() const {
    std::string all = told(style_, ReportWord::legend_call);
    if (any_scenario([](const auto& one) { return !common_call(one).empty(); }))
      all = told(style_, ReportWord::legend_heading, {all});
    const std::string between = told(style_, ReportWord::semicolon);
    if (any_scenario(has_promises))
      all += between +
             told(style_, ReportWord::legend_promised, {std::string(differs_sign(style_.unicode))});
    for (const auto& [verdict, name] : kVerdicts.rows())
      if (matrix_.counts().of(verdict) > 0) {
        const VerdictLook look = look_of(verdict);
        all += fmt::format("{}{} {}", between, style_.unicode ? look.mark : look.ascii,
                           meaning_of(style_, verdict));
      }
    return all;
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
  std::string text_;
};

}  // namespace

std::string run_summary_text(const Matrix& matrix, const RunSummary& summary,
                             const TextStyle& style) {
  return SummaryText(matrix, summary, style).write();
}

}  // namespace timewait
