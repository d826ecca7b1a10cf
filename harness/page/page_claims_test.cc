#include "harness/page/page_claims.h"

#include <gtest/gtest.h>

#include "harness/page/test_page.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

const Claim kClaim{.id = "C5",
                   .from = "us",
                   .says = "Both need it.",
                   .truth = "So it is.",
                   .condition = "it is TCP",
                   .cells = {}};

TEST(PageClaims, HaveTheirVerdictAndWhatEachCellGave) {
  const LedgerEntry entry{
      .claim = &kClaim,
      .verdict = ClaimVerdict::holds_only_if,
      .findings = {{{.cell = "a/b=c", .agreement = Agreement::as_claimed, .outcome = "bound"}},
                   {{.cell = "d/-", .agreement = Agreement::unknown, .outcome = ""}}}};
  EXPECT_EQ(claims_json({entry}, Translations()), Json::parse(R"([
    {"id": "C5", "from": {"en": "us"}, "says": {"en": "Both need it."},
     "truth": {"en": "So it is."}, "condition": {"en": "it is TCP"}, "verdict": "holds only if",
     "cells": [["a/b=c", "as claimed", "bound"], ["d/-", "unknown", ""]]}])"));
}

TEST(PageClaims, AreTranslatedByTheirIds) {
  const Json claim = claims_json({{.claim = &kClaim}}, ChineseTexts())[0];
  for (const char* text : {"from", "says", "truth", "condition"})
    EXPECT_EQ(claim[text]["zh"], "中 C5") << text;
}

TEST(PageClaims, WithoutAConditionHaveNone) {
  Claim claim = kClaim;
  claim.condition.clear();
  EXPECT_FALSE(claims_json({{.claim = &claim}}, ChineseTexts())[0].contains("condition"));
}

}  // namespace
}  // namespace timewait
