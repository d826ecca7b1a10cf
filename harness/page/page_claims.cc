#include "harness/page/page_claims.h"

#include "harness/page/in_languages.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

Json cells_of(const LedgerEntry& entry) {
  Json cells = Json::array();
  for (const Findings& findings : entry.findings)
    for (const CellFinding& finding : findings)
      cells.push_back({finding.cell, kAgreements.name(finding.agreement), finding.outcome});
  return cells;
}

Json json_of(const LedgerEntry& entry, const Translation& translation) {
  const Claim& claim = *entry.claim;
  const auto found = translation.claims.find(claim.id);
  const ClaimTexts chinese = found == translation.claims.end() ? ClaimTexts() : found->second;
  Json json{{"id", claim.id},
            {"from", in_languages(claim.from, chinese.from)},
            {"says", in_languages(claim.says, chinese.says)},
            {"truth", in_languages(claim.truth, chinese.truth)}};
  if (!claim.condition.empty())
    json["condition"] = in_languages(claim.condition, chinese.condition);
  json["verdict"] = kClaimVerdicts.name(entry.verdict);
  json["cells"] = cells_of(entry);
  return json;
}

}  // namespace

Json claims_json(const std::vector<LedgerEntry>& entries, const Translation& chinese) {
  Json json = Json::array();
  for (const LedgerEntry& entry : entries) json.push_back(json_of(entry, chinese));
  return json;
}

}  // namespace timewait
