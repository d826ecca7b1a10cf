#include "harness/report/report_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/report/verdict_look.h"
#include "harness/words/test_catalogue.h"

namespace timewait {
namespace {

using testing::IsEmpty;

constexpr TextStyle kEnglish;
constexpr TextStyle kChinese{.language = Language::zh};

std::vector<std::string> misfits_of(const std::string& section,
                                    const std::vector<EnglishText>& english) {
  return misfits(catalogue_of(Language::zh), section, english);
}

template <typename Table>
std::vector<EnglishText> names_of(const Table& table) {
  std::vector<EnglishText> all;
  for (const auto& [value, name] : table.rows()) all.emplace_back(name, name);
  return all;
}

TEST(ReportWord, HasAChineseTextWithTheSamePlaces) {
  std::vector<EnglishText> english;
  for (const ReportWordRow& row : report_word_table()) english.emplace_back(row.id, row.english);
  EXPECT_THAT(misfits_of("report", english), IsEmpty());
}

TEST(ReportWord, StandsInTheTableAtItsPlace) {
  for (std::size_t i = 0; i < report_word_table().size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(report_word_table()[i].word), i);
}

TEST(ReportWord, IsToldInTheLanguageOfTheStyle) {
  EXPECT_EQ(told(kEnglish, ReportWord::list_totals, {"2", "7"}), "2 scenarios, 7 cells");
  EXPECT_EQ(told(kChinese, ReportWord::list_totals, {"2", "7"}), "2 个场景，7 个单元");
  EXPECT_EQ(cell_count(kEnglish, 1), "1 cell");
  EXPECT_EQ(cell_count(kEnglish, 3), "3 cells");
  EXPECT_EQ(cell_count(kChinese, 1), "1 个单元");
}

TEST(Verdict, HasAChineseNameAndMeaning) {
  EXPECT_THAT(misfits_of("verdict", names_of(kVerdicts)), IsEmpty());
  EXPECT_THAT(misfits_of("verdict_means", names_of(kVerdicts)), IsEmpty());
  EXPECT_EQ(told(kEnglish, Verdict::inconclusive), "inconclusive");
  EXPECT_EQ(told(kChinese, Verdict::inconclusive), "无结论");
  EXPECT_EQ(meaning_of(kEnglish, Verdict::pass), "as expected");
  EXPECT_EQ(meaning_of(kChinese, Verdict::pass), "符合预期");
}

TEST(ClaimVerdict, HasAChineseName) {
  EXPECT_THAT(misfits_of("claim_verdict", names_of(kClaimVerdicts)), IsEmpty());
  EXPECT_EQ(told(kEnglish, ClaimVerdict::holds_only_if), "holds only if");
  EXPECT_EQ(told(kChinese, ClaimVerdict::holds_only_if), "有条件成立");
}

}  // namespace
}  // namespace timewait
