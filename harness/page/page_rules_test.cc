#include "harness/page/page_rules.h"

#include <gtest/gtest.h>

#include "harness/model/saying.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;

TEST(PageRules, AreThoseThatWereAskedForEachOnce) {
  PageRules rules;
  EXPECT_EQ(rules.number_of("both_reuseaddr"), 0);
  EXPECT_EQ(rules.number_of("port_is_taken"), 1);
  EXPECT_EQ(rules.number_of("both_reuseaddr"), 0);
  const Json json = rules.json();
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[1]["name"], "port_is_taken");
}

TEST(PageRules, SayWhatTheTableOfTheRulesSays) {
  PageRules rules;
  rules.number_of("both_reuseaddr");
  const RuleRow& row = row_of(Rule::both_reuseaddr);
  EXPECT_EQ(
      rules.json()[0],
      Json({{"name", "both_reuseaddr"},
            {"says", {{"en", row.says}, {"zh", rule_sentence(Rule::both_reuseaddr, Language::zh)}}},
            {"source", row.source}}));
}

TEST(PageRules, OfAnotherVersionHaveTheirNameOnly) {
  PageRules rules;
  rules.number_of("forgotten_rule");
  EXPECT_EQ(rules.json()[0], Json::parse(R"({"name": "forgotten_rule"})"));
}

}  // namespace
}  // namespace timewait
