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
  EXPECT_EQ(claims_json({entry}, Translation()), Json::parse(R"([
    {"id": "C5", "from": {"en": "us"}, "says": {"en": "Both need it."},
     "truth": {"en": "So it is."}, "condition": {"en": "it is TCP"}, "verdict": "holds only if",
     "cells": [["a/b=c", "as claimed", "bound"], ["d/-", "unknown", ""]]}])"));
}

TEST(PageClaims, AreTranslatedByTheirIds) {
  const Translation chinese{.claims = {{"C5", {"出处", "说法", "事实", "条件"}}}};
  const Json claim = claims_json({{.claim = &kClaim}}, chinese)[0];
  EXPECT_EQ(claim["from"]["zh"], "出处");
  EXPECT_EQ(claim["says"]["zh"], "说法");
  EXPECT_EQ(claim["truth"]["zh"], "事实");
  EXPECT_EQ(claim["condition"]["zh"], "条件");
}

TEST(PageClaims, WithoutAConditionHaveNone) {
  Claim claim = kClaim;
  claim.condition.clear();
  EXPECT_FALSE(claims_json({{.claim = &claim}}, Translation())[0].contains("condition"));
}

}  // namespace
}  // namespace timewait
