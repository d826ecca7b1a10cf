#include "harness/model/saying.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/words/test_catalogue.h"

namespace timewait {
namespace {

using testing::IsEmpty;

Saying held(const std::string& address) {
  return {.phrase = Phrase::held_by,
          .arguments = {address,
                        Saying{.phrase = Phrase::an_entry_left, .arguments = {"TIME_WAIT", "60"}},
                        Saying{.phrase = Phrase::had, .arguments = {"SO_REUSEADDR"}}}};
}

TEST(Saying, IsToldInEachLanguage) {
  EXPECT_EQ(text(held("[::1]:80"), Language::en),
            "[::1]:80 is held by a TIME_WAIT entry (60 s left) whose socket had SO_REUSEADDR.");
  EXPECT_EQ(text(held("[::1]:80"), Language::zh),
            "[::1]:80 被一个 TIME_WAIT 表项（还剩 60 秒）占用，原来的套接字有 SO_REUSEADDR。");
}

TEST(Saying, OfARuleIsItsSentence) {
  EXPECT_EQ(text(saying_of(Rule::both_reuseaddr), Language::en),
            "Two sockets share a port when both have SO_REUSEADDR.");
  EXPECT_EQ(text(saying_of(Rule::both_reuseaddr), Language::zh),
            "两个套接字都有 SO_REUSEADDR 时，可以共享端口。");
  EXPECT_EQ(rule_sentence(Rule::both_reuseaddr, Language::zh),
            text(saying_of(Rule::both_reuseaddr), Language::zh));
}

TEST(Saying, EqualsOnlyOneThatSaysTheSame) {
  EXPECT_EQ(held("[::1]:80"), held("[::1]:80"));
  EXPECT_NE(held("[::1]:80"), held("[::1]:81"));
  EXPECT_NE(saying_of(Rule::both_reuseaddr), saying_of(Rule::both_reuseport));
}

TEST(Explanation, BeginsEnglishSentencesWithACapital) {
  const Explanation explanation = {
      {.phrase = Phrase::new_one_lacks, .arguments = {"SO_REUSEADDR"}},
      {.phrase = Phrase::listen_repeats, .arguments = {Saying{.phrase = Phrase::neither_set_one}}},
      {.phrase = Phrase::no_rule_forbids}};
  EXPECT_EQ(text(explanation, Language::en),
            "Both sockets need SO_REUSEADDR, and the new one has not set it. listen() repeats the "
            "test of bind(): neither socket has set an option that both would need. No rule "
            "forbids it.");
  EXPECT_EQ(text(explanation, Language::zh),
            "两个套接字都需要 SO_REUSEADDR，新的套接字却没有设置。listen() 会重做 bind() 的检查："
            "两个套接字都没有设置双方都需要的选项。没有规则禁止它。");
  EXPECT_EQ(text(Explanation{}, Language::en), "");
}

TEST(Phrase, IsFoundByItsId) {
  for (const PhraseRow& row : phrase_table()) {
    EXPECT_EQ(find_phrase(row.id), row.phrase);
    EXPECT_EQ(row_of(row.phrase).id, row.id);
  }
  EXPECT_EQ(find_phrase("no_such_phrase"), std::nullopt);
}

TEST(Phrase, HasAChineseTextWithTheSamePlaces) {
  std::vector<EnglishText> english;
  for (const PhraseRow& row : phrase_table()) english.emplace_back(row.id, row.english);
  EXPECT_THAT(misfits(catalogue_of(Language::zh), "phrase", english), IsEmpty());
}

TEST(Rule, HasAChineseText) {
  std::vector<EnglishText> english;
  for (const RuleRow& row : rule_table()) english.emplace_back(row.name, row.says);
  EXPECT_THAT(misfits(catalogue_of(Language::zh), "rule", english), IsEmpty());
}

}  // namespace
}  // namespace timewait
