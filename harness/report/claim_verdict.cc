#include "harness/report/claim_verdict.h"

namespace timewait {
namespace {

/// How many cells of one kind agree with the claim, and how many do not.
struct Tally {
  int as_claimed = 0;
  int otherwise = 0;

  void add(Agreement agreement) {
    if (agreement == Agreement::as_claimed || agreement == Agreement::varies) ++as_claimed;
    if (agreement == Agreement::otherwise || agreement == Agreement::varies) ++otherwise;
  }
};

}  // namespace

ClaimVerdict verdict_of(const Claim& claim, const std::vector<Findings>& findings) {
  Tally controls, fulfilling, others;
  bool is_open = claim.cells.empty();
  for (std::size_t i = 0; i < claim.cells.size(); ++i) {
    const ClaimedCells& line = claim.cells[i];
    Tally& tally = line.control ? controls : line.fulfils ? fulfilling : others;
    for (const CellFinding& finding : findings[i]) {
      tally.add(finding.agreement);
      is_open = is_open || finding.agreement == Agreement::unknown;
    }
  }
  const bool may_hold = fulfilling.otherwise == 0 && others.otherwise == 0;
  const bool may_fail = fulfilling.as_claimed == 0 && others.as_claimed == 0;
  const bool may_hold_if =
      !claim.condition.empty() && fulfilling.otherwise == 0 && others.as_claimed == 0;
  if (controls.otherwise > 0 || (!may_hold && !may_fail && !may_hold_if))
    return ClaimVerdict::unexplained;
  if (is_open) return ClaimVerdict::open;
  if (may_hold) return ClaimVerdict::holds;
  return may_fail ? ClaimVerdict::fails : ClaimVerdict::holds_only_if;
}

}  // namespace timewait
