#include "harness/page/page_claims.h"

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

Json json_of(const LedgerEntry& entry, const Translations& translations) {
  const Claim& claim = *entry.claim;
  const auto text = [&](TextOf what, const std::string& english) {
    return in_languages(english, translations.chinese(what, claim.id));
  };
  Json json{{"id", claim.id},
            {"from", text(TextOf::claim_from, claim.from)},
            {"says", text(TextOf::claim_says, claim.says)},
            {"truth", text(TextOf::claim_truth, claim.truth)}};
  if (!claim.condition.empty()) json["condition"] = text(TextOf::claim_condition, claim.condition);
  json["verdict"] = kClaimVerdicts.name(entry.verdict);
  json["cells"] = cells_of(entry);
  return json;
}

}  // namespace

Json claims_json(const std::vector<LedgerEntry>& entries, const Translations& translations) {
  Json json = Json::array();
  for (const LedgerEntry& entry : entries) json.push_back(json_of(entry, translations));
  return json;
}

}  // namespace timewait
