#pragma once

#include <string>
#include <vector>

#include "harness/report/ledger_text.h"

namespace timewait {

/// The ledger as a JSON object, schema "timewait.claims/1".
std::string ledger_json(const std::vector<LedgerEntry>& entries, const LedgerSource& source);

}  // namespace timewait
