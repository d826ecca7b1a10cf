#include "harness/report/claim_verdict.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

using enum Agreement;

/// Cells of a claim and how each of them agrees with it.
struct Group {
  std::vector<Agreement> controls;
  std::vector<Agreement> fulfilling;
  std::vector<Agreement> others;
};

std::string verdict(const Group& group, bool has_condition) {
  Claim claim{.condition = has_condition ? "it rains" : ""};
  std::vector<Findings> findings;
  const auto add = [&](const std::vector<Agreement>& agreements, const ClaimedCells& line) {
    if (agreements.empty()) return;
    claim.cells.push_back(line);
    Findings& all = findings.emplace_back();
    for (const Agreement agreement : agreements) all.push_back({.agreement = agreement});
  };
  add(group.controls, {.control = true});
  add(group.fulfilling, {.fulfils = true});
  add(group.others, {});
  return std::string(kClaimVerdicts.name(verdict_of(claim, findings)));
}

TEST(ClaimVerdict, OfAClaimWithoutACondition) {
  const struct {
    const char* name;
    Group group;
    const char* verdict;
  } rows[] = {
      {"all as claimed", {.others = {as_claimed, as_claimed}}, "holds"},
      {"none as claimed", {.others = {otherwise, otherwise}}, "fails"},
      {"some as claimed", {.others = {as_claimed, otherwise}}, "unexplained"},
      {"one varies", {.others = {as_claimed, varies}}, "unexplained"},
      {"one unknown, rest as claimed", {.others = {as_claimed, unknown}}, "open"},
      {"one unknown, rest otherwise", {.others = {otherwise, unknown}}, "open"},
      {"all unknown", {.others = {unknown}}, "open"},
      {"one unknown, and it cannot matter",
       {.others = {as_claimed, otherwise, unknown}},
       "unexplained"},
      {"control as claimed, rest otherwise", {{as_claimed}, {}, {otherwise}}, "fails"},
      {"control otherwise, rest as claimed", {{otherwise}, {}, {as_claimed}}, "unexplained"},
      {"control otherwise, rest otherwise", {{otherwise}, {}, {otherwise}}, "unexplained"},
      {"control unknown", {{unknown}, {}, {otherwise}}, "open"},
      {"no cells", {}, "open"},
  };
  for (const auto& row : rows) EXPECT_EQ(verdict(row.group, false), row.verdict) << row.name;
}

TEST(ClaimVerdict, OfAClaimWithACondition) {
  const struct {
    const char* name;
    Group group;
    const char* verdict;
  } rows[] = {
      {"exactly where it is fulfilled",
       {{}, {as_claimed}, {otherwise, otherwise}},
       "holds only if"},
      {"everywhere", {{}, {as_claimed}, {as_claimed}}, "holds"},
      {"nowhere", {{}, {otherwise}, {otherwise}}, "fails"},
      {"where it is fulfilled and elsewhere",
       {{}, {as_claimed}, {as_claimed, otherwise}},
       "unexplained"},
      {"not everywhere where it is fulfilled",
       {{}, {as_claimed, otherwise}, {otherwise}},
       "unexplained"},
      {"only where it is not fulfilled", {{}, {otherwise}, {as_claimed}}, "unexplained"},
      {"one varies", {{}, {as_claimed, varies}, {otherwise}}, "unexplained"},
      {"one unknown that fulfils it", {{}, {as_claimed, unknown}, {otherwise}}, "open"},
      {"one unknown that does not", {{}, {as_claimed}, {otherwise, unknown}}, "open"},
      {"control otherwise", {{otherwise}, {as_claimed}, {otherwise}}, "unexplained"},
  };
  for (const auto& row : rows) EXPECT_EQ(verdict(row.group, true), row.verdict) << row.name;
}

}  // namespace
}  // namespace timewait
