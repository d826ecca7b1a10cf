#include "harness/model/rule.h"

#include <gmock/gmock.h>

#include <set>

#include "harness/model/test_corpus.h"
#include "harness/model/test_script.h"

namespace timewait {
namespace {

TEST(RuleTable, HasARowForEachRuleInTheirOrder) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kRuleCount; ++i) {
    const RuleRow& row = rule_table()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.rule), i);
    EXPECT_EQ(find_rule(row.name), row.rule);
    EXPECT_TRUE(row.says.ends_with(".")) << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
    names.insert(row.name);
  }
  EXPECT_EQ(names.size(), kRuleCount);
  EXPECT_EQ(find_rule("no_such_rule"), std::nullopt);
}

TEST(RuleBook, CountsWhatDecidesAndNothingThatIsBroken) {
  RuleBook book;
  EXPECT_FALSE(book.decides(Rule::same_address, false));
  EXPECT_TRUE(book.decides(Rule::same_address, true));
  EXPECT_EQ(book.decided(Rule::same_address), 1U);
  book.break_rule(Rule::same_address);
  EXPECT_FALSE(book.decides(Rule::same_address, true));
  EXPECT_EQ(book.decided(Rule::same_address), 1U);
}

TEST(RuleBook, NamesEachRuleThatDecidedOnce) {
  RuleBook book;
  book.decides(Rule::same_address, true);
  book.decides(Rule::port_is_taken, true);
  book.decides(Rule::same_address, true);
  EXPECT_THAT(book.take_decided(), testing::ElementsAre(Rule::same_address, Rule::port_is_taken));
  EXPECT_TRUE(book.take_decided().empty());
  book.decides(Rule::same_address, true);
  EXPECT_THAT(book.take_decided(), testing::ElementsAre(Rule::same_address));
}

std::string story_of(const TestScript& script, std::optional<Rule> broken = {}) {
  ModelScript played;
  if (!broken) {
    played.play(script.lines);
    return played.story();
  }
  played.model().rules().break_rule(*broken);
  try {
    played.play(script.lines);
  } catch (const CallError&) {
    return "goes no further than " + played.story();  // a socket that was never accepted
  }
  return played.story();
}

std::vector<std::pair<TestScript, std::string>> all_stories() {
  std::vector<std::pair<TestScript, std::string>> stories;
  for (const auto& scripts : {scripts_of_binding(), scripts_of_connections(), scripts_of_options(),
                              scripts_for_the_model()})
    for (const TestScript& script : scripts) stories.emplace_back(script, story_of(script));
  return stories;
}

/// A rule whose loss nobody would see is none.
TEST(KernelModel, TellsAnotherStoryWithoutAnyOfItsRules) {
  const auto stories = all_stories();
  for (const RuleRow& row : rule_table()) {
    const bool is_seen = std::ranges::any_of(
        stories, [&](const auto& told) { return story_of(told.first, row.rule) != told.second; });
    EXPECT_TRUE(is_seen) << row.name << " changes no script when it is broken";
  }
}

TEST(KernelModel, TellsTheSameStoryTwice) {
  for (const auto& [script, story] : all_stories())
    EXPECT_EQ(story_of(script), story) << script.name;
}

}  // namespace
}  // namespace timewait
