#include "harness/words/language.h"

#include <gtest/gtest.h>

#include "harness/base/test_variable.h"

namespace timewait {
namespace {

TEST(Language, IsThatOfTheFirstVariableThatIsSet) {
  const struct {
    const char* name;
    const char* lc_all;
    const char* lc_messages;
    const char* lang;
    Language language;
  } rows[] = {
      {"none", nullptr, nullptr, nullptr, Language::en},
      {"LANG", nullptr, nullptr, "zh_CN.UTF-8", Language::zh},
      {"LC_MESSAGES before LANG", nullptr, "de_DE.UTF-8", "zh_CN.UTF-8", Language::en},
      {"LC_ALL before all", "zh_SG", "C", "C.UTF-8", Language::zh},
      {"an empty one does not count", "", "zh", "C.UTF-8", Language::zh},
      {"one we do not speak", "fr_FR.UTF-8", nullptr, nullptr, Language::en},
  };
  for (const auto& row : rows) {
    const TestVariable lc_all("LC_ALL", row.lc_all);
    const TestVariable lc_messages("LC_MESSAGES", row.lc_messages);
    const TestVariable lang("LANG", row.lang);
    EXPECT_EQ(language_of_environment(), row.language) << row.name;
  }
}

}  // namespace
}  // namespace timewait
