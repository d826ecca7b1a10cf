#pragma once

#include <string>
#include <vector>

#include "harness/report/claim_verdict.h"
#include "harness/report/text_style.h"

namespace timewait {

/// Cells of one line of a claim that gave the same.
struct ClaimSight {
  const ClaimedCells* line = nullptr;
  const CellFinding* finding = nullptr;  ///< of the first of them
  std::string cells;                     ///< as they are shown; can be broken at blanks
};

/// One for a whole line when all of its cells gave the same, else one for each cell.
std::vector<ClaimSight> sights_of(const ClaimedCells& line, const Findings& findings,
                                  const TextStyle& style);

/// What a cell gave, as a matrix shows it: "EADDRINUSE", "bound after 61.44 s", "did not run"; and
/// what the claim says where that differs, "EADDRINUSE ≠ bound", "bound after 61.44 s ≠ 120 to 240
/// s".
std::string result_words(const ClaimSight& sight, bool unicode);

}  // namespace timewait
