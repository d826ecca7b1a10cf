#include "harness/report/claim_ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/run/repetition.h"

namespace timewait {
namespace {

constexpr const char* kDidNotRun = "did not run";

/// True when `took` lies in the range, give or take what the clock may be off.
bool lies_in(const SecondsRange& range, std::chrono::nanoseconds took) {
  const auto seconds = [](double value) { return std::chrono::duration<double>(value); };
  return took >= seconds(range.least) - kClockSlack && took <= seconds(range.most) + kClockSlack;
}

/// Adds " or MORE" unless it is there already.
void add_once(std::string& all, const std::string& more) {
  if (all.find(more) == std::string::npos) all += (all.empty() ? "" : " or ") + more;
}

}  // namespace

ClaimLedger::ClaimLedger(const std::vector<Claim>& claims) : claims_(claims) {
  for (const Claim& claim : claims_)
    for (const ClaimedCells& line : claim.cells)
      for (const std::string& cell : line.cells) runs_[cell];
}

void ClaimLedger::add(const Record& record) {
  const auto place = runs_.find(record.scenario + "/" + cell_name(record.point));
  if (place != runs_.end()) place->second.push_back(run_of(record));
}

ClaimLedger::Run ClaimLedger::run_of(const Record& record) {
  const bool was_judged = record.verdict == Verdict::pass || record.verdict == Verdict::fail;
  if (!was_judged || !record.outcome)
    return {.trouble = fmt::format("{}: {}", kVerdicts.name(record.verdict), record.reason)};
  Run run{.outcome = *record.outcome, .text = record.outcome->text()};
  if (record.repetition) {
    run.took = record.repetition->took;
    run.text += fmt::format(" {} {:.2f} s", run.outcome.is_bound() ? "after" : "for",
                            std::chrono::duration<double>(*run.took).count());
  }
  return run;
}

bool ClaimLedger::is_as_claimed(const Run& run, const ClaimedCells& line) {
  if (run.outcome != line.claimed) return false;
  return !line.seconds || (run.took && lies_in(*line.seconds, *run.took));
}

CellFinding ClaimLedger::finding(const std::string& cell, const ClaimedCells& line) const {
  const std::vector<Run>& runs = runs_.at(cell);
  CellFinding finding{.cell = cell, .did_run = !runs.empty()};
  const auto trouble = std::ranges::find_if_not(runs, &std::string::empty, &Run::trouble);
  if (runs.empty() || trouble != runs.end()) {
    finding.reason = runs.empty() ? kDidNotRun : trouble->trouble;
    return finding;
  }
  const auto agrees =
      std::ranges::count_if(runs, [&](const Run& run) { return is_as_claimed(run, line); });
  finding.agreement = agrees == std::ssize(runs) ? Agreement::as_claimed
                      : agrees == 0              ? Agreement::otherwise
                                                 : Agreement::varies;
  for (const Run& run : runs) add_once(finding.outcome, run.text);
  return finding;
}

std::vector<LedgerEntry> ClaimLedger::entries() const {
  std::vector<LedgerEntry> entries;
  for (const Claim& claim : claims_) {
    LedgerEntry& entry = entries.emplace_back(LedgerEntry{.claim = &claim});
    for (const ClaimedCells& line : claim.cells) {
      Findings& findings = entry.findings.emplace_back();
      for (const std::string& cell : line.cells) findings.push_back(finding(cell, line));
    }
    entry.verdict = verdict_of(claim, entry.findings);
  }
  return entries;
}

std::array<int, kClaimVerdicts.rows().size()> counts_of(const std::vector<LedgerEntry>& entries) {
  std::array<int, kClaimVerdicts.rows().size()> counts{};
  for (const LedgerEntry& entry : entries) ++counts[static_cast<std::size_t>(entry.verdict)];
  return counts;
}

int exit_code_of(const std::vector<LedgerEntry>& entries) {
  constexpr int kUnexplained = 1, kOpen = 3;
  const auto has = [&](ClaimVerdict verdict) {
    return std::ranges::find(entries, verdict, &LedgerEntry::verdict) != entries.end();
  };
  if (has(ClaimVerdict::unexplained)) return kUnexplained;
  return has(ClaimVerdict::open) ? kOpen : 0;
}

}  // namespace timewait
