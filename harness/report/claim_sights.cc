#include "harness/report/claim_sights.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/report/cell_words.h"
#include "harness/report/report_words.h"

namespace timewait {
namespace {

/// "SCENARIO first=plain or reuseaddr, rebind=*" of a pattern or of the name of a cell.
std::string spaced(const std::string& cells) {
  std::string text;
  for (const char character : cells) {
    if (character == '/')
      text += ' ';
    else if (character == '|')
      text += " or ";
    else
      text += character;
    if (character == ',') text += ' ';
  }
  return text;
}

bool same_result(const CellFinding& a, const CellFinding& b) {
  return a.agreement == b.agreement && a.outcome == b.outcome && a.reason == b.reason;
}

std::string without_bind(const std::string& outcome) {
  return outcome.starts_with("bind:") ? outcome.substr(outcome.find(':') + 1) : outcome;
}

/// What the claim says of a cell that gave `outcome`: "bound", "120 to 240 s".
std::string claimed_words(const ClaimedCells& line, const std::string& outcome) {
  if (line.seconds) return fmt::format("{} to {} s", line.seconds->least, line.seconds->most);
  const std::string claimed = without_bind(line.claimed.text());
  const auto colon = claimed.find(':');
  const bool same_call =
      colon != std::string::npos && outcome.starts_with(claimed.substr(0, colon + 1));
  return same_call ? claimed.substr(colon + 1) : claimed;
}

}  // namespace

std::vector<ClaimSight> sights_of(const ClaimedCells& line, const Findings& findings,
                                  const TextStyle& style) {
  const bool agree = std::ranges::all_of(
      findings, [&](const CellFinding& one) { return same_result(one, findings.front()); });
  if (agree) {
    const int size = static_cast<int>(findings.size());
    const std::string count = size == 1 ? "" : fmt::format(" ({})", cell_count(style, size));
    return {{.line = &line, .finding = &findings.front(), .cells = spaced(line.pattern) + count}};
  }
  std::vector<ClaimSight> sights;
  for (const CellFinding& finding : findings)
    sights.push_back({.line = &line, .finding = &finding, .cells = spaced(finding.cell)});
  return sights;
}

std::string result_words(const ClaimSight& sight, bool unicode) {
  const CellFinding& finding = *sight.finding;
  if (finding.agreement == Agreement::unknown)
    return finding.reason.substr(0, finding.reason.find(':'));
  std::string words = without_bind(finding.outcome);
  if (finding.agreement == Agreement::as_claimed) return words;
  return fmt::format("{} {} {}", words, differs_sign(unicode), claimed_words(*sight.line, words));
}

}  // namespace timewait
