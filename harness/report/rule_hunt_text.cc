#include "harness/report/rule_hunt_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/report/verdict_look.h"

namespace timewait {
namespace {

constexpr int kIndent = 4;

/// What shows it: "bind b 127.0.0.1:12000" gives EADDRINUSE, and 0 in the model.
std::string difference(const SmallFinding& found) {
  const auto& [script, disagreement] = found.finding;
  const bool is_answer = disagreement.subject == Subject::answer;
  const std::string what = is_answer ? text_of(script[disagreement.at])
                                     : std::string(kSubjects.name(disagreement.subject));
  return fmt::format("{}: {}, and {} without the rule", what, disagreement.kernel,
                     disagreement.model);
}

std::string where(const RuleHunt& hunt) {
  if (hunt.found) return fmt::format("{} scripts, {}", hunt.scripts, difference(*hunt.found));
  if (!hunt.cell.empty()) return fmt::format("the cell {}", hunt.cell);
  return fmt::format("nothing, {} scripts and all cells later", hunt.scripts);
}

}  // namespace

std::string rule_hunt_text(const RuleHunt& hunt, const TextStyle& style) {
  const Verdict look = hunt.is_caught() ? Verdict::pass : Verdict::fail;
  return fmt::format("{} {}\n    {}\n", verdict_mark(look, style),
                     paint(style, Colour::bold, row_of(hunt.rule).name),
                     wrapped("caught by " + where(hunt), style.width - kIndent, kIndent));
}

std::string rule_hunts_summary(const std::vector<RuleHunt>& hunts, const TextStyle& style) {
  const auto by_scripts =
      std::ranges::count_if(hunts, [](const RuleHunt& hunt) { return hunt.found.has_value(); });
  const auto by_cells =
      std::ranges::count_if(hunts, [](const RuleHunt& hunt) { return !hunt.cell.empty(); });
  std::vector<std::string_view> survivors;
  for (const RuleHunt& hunt : hunts)
    if (!hunt.is_caught()) survivors.push_back(row_of(hunt.rule).name);
  const std::string rest = survivors.empty() ? "none survived"
                                             : fmt::format("{} survived: {}", survivors.size(),
                                                           fmt::join(survivors, ", "));
  return wrapped(
             fmt::format("{} {} broken: {} caught by random scripts, {} by cells; {}", hunts.size(),
                         hunts.size() == 1 ? "rule" : "rules", by_scripts, by_cells, rest),
             style.width, 0) +
         "\n";
}

}  // namespace timewait
