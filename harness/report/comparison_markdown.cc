#include "harness/report/comparison_markdown.h"

#include <fmt/format.h>

#include "harness/report/report_words.h"

namespace timewait {
namespace {

/// `text` as code that may stand in a table.
std::string code(const std::string& text) {
  std::string inside;
  for (const char letter : text)
    inside +=
        letter == '|' ? "\\|" : std::string(1, letter == '\n' || letter == '`' ? ' ' : letter);
  return "`" + inside + "`";
}

std::string row(const std::string& name, const Change& change) {
  return fmt::format("| {} | {} | {} | {} |\n", name, change.what, code(change.before),
                     code(change.after));
}

std::string run_words(const ComparedRun& run) {
  return fmt::format("{} ({})", code(run.name), run_line(run));
}

std::string facts_table(const std::vector<Change>& facts) {
  if (facts.empty()) return "";
  std::string text = "\n| ran on | A | B |\n| --- | --- | --- |\n";
  for (const Change& fact : facts)
    text += fmt::format("| {} | {} | {} |\n", fact.what, code(fact.before), code(fact.after));
  return text;
}

std::string changes_table(const std::vector<ChangedCell>& cells) {
  if (cells.empty()) return "";
  std::string text = "\n### Changed\n\n| cell | what | A | B |\n| --- | --- | --- | --- |\n";
  for (const ChangedCell& cell : cells) {
    std::string name = code(cell.name);
    for (const Change& change : cell.changes) {
      text += row(name, change);
      name.clear();
    }
  }
  return text;
}

std::string cell_list(std::string_view title, const std::vector<LoneCells>& cells) {
  if (cells.empty()) return "";
  std::string text = fmt::format("\n### {}\n\n", title);
  for (const LoneCells& one : cells)
    if (one.whole_scenario)
      text += fmt::format("- {}: all of it, {}\n", code(one.scenario),
                          cell_count({}, static_cast<int>(one.names.size())));
    else
      for (const std::string& name : one.names) text += fmt::format("- {}\n", code(name));
  return text;
}

std::string varying_table(const std::vector<VaryingCell>& cells) {
  if (cells.empty()) return "";
  std::string text =
      "\n### Not the same in every run\n\n| cell | in | what | gave |\n| --- | --- | --- | --- |\n";
  for (const VaryingCell& cell : cells)
    for (const auto& [aspect, values] : cell.values)
      text += fmt::format("| {} | {} | {} | {} |\n", code(cell.name), cell.in_second ? "B" : "A",
                          kCellAspects.name(aspect), code(values));
  return text;
}

}  // namespace

std::string comparison_markdown(const ComparedRun& first, const ComparedRun& second,
                                const RunComparison& comparison) {
  return fmt::format("**{}**\n\n- A: {}\n- B: {}\n", summary_line(comparison), run_words(first),
                     run_words(second)) +
         facts_table(comparison.facts) + changes_table(comparison.changed) +
         cell_list("New", comparison.added) + cell_list("Missing", comparison.missing) +
         varying_table(comparison.varying);
}

}  // namespace timewait
