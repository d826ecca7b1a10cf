#include "harness/scenario/verb_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace timewait {
namespace {

std::string language_reference() {
  std::ifstream file(TIMEWAIT_SOURCE_DIR "/scenarios/README.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string sentence_of(const VerbRow& row) {
  std::string sentence(row.pattern.text());
  if (!row.option.empty()) sentence.append(" [").append(row.option.text()).append("]");
  return sentence;
}

TEST(VerbTable, IsTheOneOfTheLanguageReference) {
  const std::string reference = language_reference();
  ASSERT_NE(reference, "") << "there is no scenarios/README.md";
  for (const VerbRow& row : verb_table())
    EXPECT_NE(reference.find("`" + sentence_of(row) + "`"), std::string::npos)
        << "scenarios/README.md lacks `" << sentence_of(row) << "`";
}

TEST(VerbTable, SaysWhatEachSentenceMeans) {
  for (const VerbRow& row : verb_table()) EXPECT_FALSE(row.meaning.empty()) << row.pattern.text();
}

TEST(VerbTable, HasARowForEveryVerb) {
  for (int verb = 0; verb <= static_cast<int>(Verb::executes_itself); ++verb)
    EXPECT_EQ(std::ranges::count(verb_table(), static_cast<Verb>(verb), &VerbRow::verb),
              verb == static_cast<int>(Verb::rebind) ? 2 : 1)
        << verb;
}

}  // namespace
}  // namespace timewait
