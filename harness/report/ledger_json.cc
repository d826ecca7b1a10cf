#include "harness/report/ledger_json.h"

#include <nlohmann/json.hpp>

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const ClaimedCells& line, const CellFinding& finding) {
  Json json{{"cell", finding.cell}, {"claimed", line.claimed.text()}};
  if (line.seconds) json["claimed_seconds"] = {line.seconds->least, line.seconds->most};
  json["fulfils"] = line.fulfils;
  json["control"] = line.control;
  json["agreement"] = kAgreements.name(finding.agreement);
  json["outcome"] = finding.outcome.empty() ? Json() : Json(finding.outcome);
  if (!finding.reason.empty()) json["reason"] = finding.reason;
  if (!finding.did_run && !line.slow_tag.empty()) json["tag"] = line.slow_tag;
  return json;
}

Json json_of(const LedgerEntry& entry) {
  const Claim& claim = *entry.claim;
  Json cells = Json::array();
  for (std::size_t i = 0; i < claim.cells.size(); ++i)
    for (const CellFinding& finding : entry.findings[i])
      cells.push_back(json_of(claim.cells[i], finding));
  return {{"id", claim.id},
          {"from", claim.from},
          {"says", claim.says},
          {"verdict", kClaimVerdicts.name(entry.verdict)},
          {"condition", claim.condition.empty() ? Json() : Json(claim.condition)},
          {"truth", claim.truth},
          {"cells", cells}};
}

}  // namespace

std::string ledger_json(const std::vector<LedgerEntry>& entries, const LedgerSource& source) {
  Json totals;
  const auto counts = counts_of(entries);
  for (const auto& [verdict, name] : kClaimVerdicts.rows())
    totals[std::string(name)] = counts[static_cast<std::size_t>(verdict)];
  Json claims = Json::array();
  for (const LedgerEntry& entry : entries) claims.push_back(json_of(entry));
  return Json{{"schema", "timewait.claims/1"},
              {"kernel", source.kernel},
              {"records", source.folders},
              {"totals", totals},
              {"claims", claims}}
             .dump(2) +
         "\n";
}

}  // namespace timewait
