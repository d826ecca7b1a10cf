#include "harness/page/page_words.h"

#include <gtest/gtest.h>

#include "harness/base/error.h"

namespace timewait {

std::string_view page_words();

namespace {

using Json = nlohmann::ordered_json;

TEST(PageWords, HaveIdsByLanguage) {
  EXPECT_EQ(
      words_json("[en]\n\"filter.verdict\" = \"Verdict\"\n[zh]\n\"filter.verdict\" = \"判定\""),
      Json::parse(R"({"en": {"filter.verdict": "Verdict"}, "zh": {"filter.verdict": "判定"}})"));
}

TEST(PageWords, MayHaveDottedIds) {
  EXPECT_EQ(words_json("[en]\nfilter.verdict = \"Verdict\"\n"),
            Json::parse(R"({"en": {"filter.verdict": "Verdict"}, "zh": {}})"));
}

/// What is said about words that cannot be read.
std::string complaint(std::string_view toml) {
  try {
    words_json(toml);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(PageWords, MustBeTexts) {
  EXPECT_EQ(complaint("[en]\nfilter = 3\n"),
            "the words of the page: line 2: \"filter\" must be a text");
}

TEST(PageWords, MustBeToml) {
  EXPECT_EQ(complaint("[en]\nfilter =\n").substr(0, 31), "the words of the page: line 2: ");
}

TEST(PageWords, OfThePageItselfCanBeRead) { EXPECT_EQ(complaint(page_words()), "none"); }

TEST(PageWords, OfThePageInChineseAreWordsInEnglishToo) {
  const Json words = words_json(page_words());
  for (const auto& [id, text] : words["zh"].items()) EXPECT_TRUE(words["en"].contains(id)) << id;
}

}  // namespace
}  // namespace timewait
