#include "harness/report/exploration_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

std::uint64_t rate(std::uint64_t count, Duration took) {
  const double seconds = std::chrono::duration<double>(took).count();
  return seconds > 0 ? static_cast<std::uint64_t>(static_cast<double>(count) / seconds) : 0;
}

std::string counted(std::uint64_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string both_sides(const Disagreement& disagreement) {
  const std::string subject = disagreement.subject == Subject::answer
                                  ? ""
                                  : std::string(kSubjects.name(disagreement.subject)) + ": ";
  return fmt::format("{}the kernel says {}, the model {}", subject, disagreement.kernel,
                     disagreement.model);
}

/// How often each rule decided, the busiest first, and those that never did.
std::string coverage(const RuleCounts& decided) {
  std::vector<std::pair<std::uint64_t, std::string_view>> rows;
  for (const RuleRow& row : rule_table())
    rows.emplace_back(decided[static_cast<std::size_t>(row.rule)], row.name);
  std::ranges::stable_sort(rows, std::greater(), [](const auto& row) { return row.first; });
  std::string text = "how often each rule of the model decided:\n";
  std::string never;
  for (const auto& [count, name] : rows) {
    if (count > 0)
      text += fmt::format("{:>12}  {}\n", count, name);
    else
      never.append(never.empty() ? "" : ", ").append(name);
  }
  return text + (never.empty() ? "" : fmt::format("never: {}\n", never));
}

}  // namespace

std::string finding_text(const SmallFinding& small, std::size_t number) {
  constexpr int kWidth = 44;
  const auto& [script, disagreement] = small.finding;
  std::string text = fmt::format("{}. {} like this one{}\n", number, counted(small.count, "script"),
                                 small.is_stable ? "" : ", which does not always show it");
  for (std::size_t at = 0; at < script.size(); ++at) {
    const bool is_told = at == disagreement.at && disagreement.subject == Subject::answer;
    const std::string call = text_of(script[at]);
    text += is_told ? fmt::format("     {:<{}} {}\n", call, kWidth, both_sides(disagreement))
                    : fmt::format("     {}\n", call);
  }
  if (disagreement.subject != Subject::answer)
    text += fmt::format("     {}\n", both_sides(disagreement));
  return text;
}

std::string summary_text(const Tally& tally, Duration took) {
  return coverage(tally.decided) +
         fmt::format("{}, {} compared, {:.1f} s, {} scripts/s: {}, {}\n",
                     counted(tally.scripts, "script"), counted(tally.calls, "call"),
                     std::chrono::duration<double>(took).count(), rate(tally.scripts, took),
                     counted(tally.disagreements, "disagreement"),
                     fmt::format("{} unstable", tally.unstable));
}

std::string progress_text(const Tally& tally, std::size_t scripts, Duration took) {
  const std::string total = scripts > 0 ? fmt::format(" of {}", scripts) : "";
  return fmt::format("{}{} scripts, {}/s, {}", tally.scripts, total, rate(tally.scripts, took),
                     counted(tally.disagreements, "disagreement"));
}

}  // namespace timewait
