#pragma once

#include <string>
#include <vector>

#include "harness/report/claim_ledger.h"
#include "harness/report/text_style.h"

namespace timewait {

/// What the records of a ledger are of.
struct LedgerSource {
  std::string kernel;
  std::vector<std::string> folders;  ///< that `run --out` wrote
};

/// The ledger for a terminal: each claim with its verdict, the truth and the cells that decided it,
/// then how many have each verdict and how to decide what is open.
std::string ledger_text(const std::vector<LedgerEntry>& entries, const LedgerSource& source,
                        const TextStyle& style);

/// How a verdict on a claim is shown.
std::string claim_mark(ClaimVerdict verdict, const TextStyle& style);

}  // namespace timewait
