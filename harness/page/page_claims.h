#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "harness/report/claim_ledger.h"
#include "harness/scenario/translation.h"

namespace timewait {

/// The claims with their verdicts and what each of their cells gave.
nlohmann::ordered_json claims_json(const std::vector<LedgerEntry>& entries,
                                   const Translation& chinese);

}  // namespace timewait
