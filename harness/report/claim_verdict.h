#pragma once

#include <string>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/scenario/claim.h"

namespace timewait {

enum class ClaimVerdict {
  holds,          ///< every deciding cell gave what is claimed
  holds_only_if,  ///< those that fulfil the condition did, and no other one
  fails,          ///< no deciding cell did
  open,           ///< not every cell has a result that can be believed
  unexplained,    ///< the results fit none of these
};

inline constexpr auto kClaimVerdicts = enum_table<ClaimVerdict>({
    {ClaimVerdict::holds, "holds"},
    {ClaimVerdict::holds_only_if, "holds only if"},
    {ClaimVerdict::fails, "fails"},
    {ClaimVerdict::open, "open"},
    {ClaimVerdict::unexplained, "unexplained"},
});

/// How what a cell gave compares with what is claimed of it.
enum class Agreement {
  as_claimed,
  otherwise,
  varies,   ///< one run gave the one, another run the other
  unknown,  ///< it did not run, or not so that its outcome can be believed
};

inline constexpr auto kAgreements = enum_table<Agreement>({
    {Agreement::as_claimed, "as claimed"},
    {Agreement::otherwise, "otherwise"},
    {Agreement::varies, "varies"},
    {Agreement::unknown, "unknown"},
});

/// What the records say of a cell that a claim names.
struct CellFinding {
  std::string cell;  ///< "SCENARIO/CELL"
  Agreement agreement = Agreement::unknown;
  std::string outcome;  ///< "bound after 61.44 s"; of runs that differ all; empty when unknown
  std::string reason;   ///< why it is unknown
  bool did_run = false;
};

/// The findings of one line of a claim, a cell each.
using Findings = std::vector<CellFinding>;

/// The verdict on `claim`, of whose cells `findings` has one list for each line. A cell that is not
/// known leaves the claim open, unless no verdict is possible whatever that cell gives.
ClaimVerdict verdict_of(const Claim& claim, const std::vector<Findings>& findings);

}  // namespace timewait
