#include "harness/fuzz/bad_input.h"
#include "harness/fuzz/scenario_cells.h"
#include "harness/fuzz/targets.h"
#include "harness/report/claim_ledger.h"
#include "harness/report/ledger_json.h"
#include "harness/report/ledger_text.h"
#include "harness/scenario/claim_reader.h"

namespace timewait {

void fuzz_claims(std::string_view input) {
  const std::vector<Scenario>& scenarios = known_scenarios();
  const SourceText source("fuzzed.toml", std::string(input));
  std::vector<Claim> claims;
  if (!accepts([&] { claims = read_claims(source, scenarios); })) return;
  const std::vector<LedgerEntry> entries = ClaimLedger(claims).entries();
  const LedgerSource from{.kernel = "6.18", .folders = {"run"}};
  must_hold(!ledger_text(entries, from, {}).empty(), "nothing is said of the claims");
  must_hold(!ledger_json(entries, from).empty(), "nothing is written of the claims");
}

}  // namespace timewait
