#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "harness/report/claim_verdict.h"
#include "harness/run/record.h"

namespace timewait {

/// A claim with its verdict and what decided it: for each line of its cells the findings.
struct LedgerEntry {
  const Claim* claim = nullptr;
  ClaimVerdict verdict = ClaimVerdict::open;
  std::vector<Findings> findings;
};

/// Judges claims by records. Only a `pass` or a `fail` with an outcome is believed: in all others
/// the state was not seen, or something broke.
class ClaimLedger {
 public:
  /// The claims belong to somebody else and must live as long.
  explicit ClaimLedger(const std::vector<Claim>& claims);

  /// Takes what a record says about a cell that a claim names. Its verdict must be what it has now
  /// (judge_again()). One bad run of a cell is enough for it to be unknown.
  void add(const Record& record);

  /// One entry for each claim, in their order.
  std::vector<LedgerEntry> entries() const;

 private:
  /// What a claim needs to know of one run of a cell.
  struct Run {
    std::string trouble;  ///< why its outcome cannot be believed; else empty
    Outcome outcome;
    std::optional<std::chrono::nanoseconds> took;
    std::string text;
  };

  static Run run_of(const Record& record);
  static bool is_as_claimed(const Run& run, const ClaimedCells& line);
  CellFinding finding(const std::string& cell, const ClaimedCells& line) const;

  const std::vector<Claim>& claims_;
  std::map<std::string, std::vector<Run>> runs_;  ///< by cell; of each that a claim names
};

/// How many of `entries` have each verdict, in the order of kClaimVerdicts.
std::array<int, kClaimVerdicts.rows().size()> counts_of(const std::vector<LedgerEntry>& entries);

/// 1 when a result is unexplained, 3 when a claim is open, else 0.
int exit_code_of(const std::vector<LedgerEntry>& entries);

}  // namespace timewait
