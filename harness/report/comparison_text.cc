#include "harness/report/comparison_text.h"

#include <fmt/format.h>

#include "harness/report/characters.h"
#include "harness/report/report_words.h"

namespace timewait {
namespace {

class ComparisonText {
 public:
  explicit ComparisonText(const TextStyle& style) : style_(style) {}

  std::string write(const ComparedRun& first, const ComparedRun& second,
                    const RunComparison& comparison) {
    line(fmt::format("A: {}: {}", in_one_line(first.name), run_line(first)));
    line(fmt::format("B: {}: {}", in_one_line(second.name), run_line(second)));
    for (const Change& change : comparison.facts) write(change, 3);
    line("");
    write(comparison.changed);
    write("new", comparison.added);
    write("missing", comparison.missing);
    write(comparison.varying);
    line(summary_line(comparison));
    return std::move(text_);
  }

 private:
  void line(const std::string& content) { text_ += content + '\n'; }

  void heading(std::string_view what, int cells) {
    line(fmt::format("{}: {}", paint(style_, Colour::bold, what), cell_count({}, cells)));
  }

  void write(const Change& change, std::size_t indent) {
    line(fmt::format("{:{}}{}: {} {} {}", "", indent, change.what, in_one_line(change.before),
                     style_.unicode ? "→" : "->", in_one_line(change.after)));
  }

  void write(const std::vector<ChangedCell>& cells) {
    if (cells.empty()) return;
    heading("changed", static_cast<int>(cells.size()));
    for (const ChangedCell& cell : cells) {
      line("  " + in_one_line(cell.name));
      for (const Change& change : cell.changes) write(change, 4);
    }
    line("");
  }

  void write(std::string_view what, const std::vector<LoneCells>& cells) {
    if (cells.empty()) return;
    heading(what, count(cells));
    for (const LoneCells& one : cells)
      if (one.whole_scenario)
        line(fmt::format("  {}: all of it, {}", in_one_line(one.scenario),
                         cell_count({}, static_cast<int>(one.names.size()))));
      else
        for (const std::string& name : one.names) line("  " + in_one_line(name));
    line("");
  }

  void write(const std::vector<VaryingCell>& cells) {
    if (cells.empty()) return;
    heading("not the same in every run", static_cast<int>(cells.size()));
    for (const VaryingCell& cell : cells) {
      line(fmt::format("  {} in {}", in_one_line(cell.name), cell.in_second ? "B" : "A"));
      for (const auto& [aspect, values] : cell.values)
        line(fmt::format("    {}: {}", kCellAspects.name(aspect), in_one_line(values)));
    }
    line("");
  }

  const TextStyle& style_;
  std::string text_;
};

}  // namespace

std::string comparison_text(const ComparedRun& first, const ComparedRun& second,
                            const RunComparison& comparison, const TextStyle& style) {
  return ComparisonText(style).write(first, second, comparison);
}

}  // namespace timewait
