#include "harness/words/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/error.h"
#include "harness/words/test_catalogue.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::ThrowsMessage;

TEST(Catalogue, FindsTextsBySectionAndId) {
  const Catalogue catalogue(
      "[fruit]\npear = \"梨\"\napple = \"苹果\"\n[tree]\n\"pear\" = \"梨树\"\n");
  EXPECT_EQ(catalogue.find("fruit", "pear"), "梨");
  EXPECT_EQ(catalogue.find("tree", "pear"), "梨树");
  EXPECT_EQ(catalogue.find("tree", "apple"), std::nullopt);
  EXPECT_EQ(catalogue.find("stone", "pear"), std::nullopt);
  EXPECT_THAT(catalogue.ids_of("fruit"), ElementsAre("apple", "pear"));
  EXPECT_THAT(catalogue.ids_of("stone"), ElementsAre());
}

TEST(Catalogue, SaysWhereItIsNone) {
  const struct {
    const char* text;
    const char* message;
  } rows[] = {
      {"\nfruit = 1\n", "line 2: \"fruit\" must be a table"},
      {"[fruit]\npear = 1\n", "line 2: \"pear\" must be a text"},
      {"[fruit]\npear = \"\"\n", "line 2: \"pear\" must be a text"},
  };
  for (const auto& row : rows)
    EXPECT_THAT([&] { Catalogue{row.text}; }, ThrowsMessage<Error>(row.message));
  EXPECT_THROW(Catalogue("[fruit\n"), Error);
}

TEST(Catalogue, LeavesEnglishWhereItHasNothing) {
  EXPECT_EQ(text_in(Language::zh, "rule", "both_reuseaddr", "English"),
            "两个套接字都有 SO_REUSEADDR 时，可以共享端口。");
  EXPECT_EQ(text_in(Language::zh, "rule", "no_such_rule", "English"), "English");
  EXPECT_EQ(text_in(Language::en, "rule", "both_reuseaddr", "English"), "English");
}

TEST(Catalogue, FillsPlacesInTheOrderOfTheLanguage) {
  EXPECT_EQ(filled("{0} has {1}", {"who", "what"}), "who has what");
  EXPECT_EQ(filled("{1} 属于 {0}，{1}", {"who", "{0}"}), "{0} 属于 who，{0}");
  EXPECT_EQ(filled("{2} {x} {", {"who"}), "{2} {x} {");
  EXPECT_THAT(places_of("{2} and {0} and {2} and {x} and {"), ElementsAre(0, 2));
}

TEST(Catalogue, IsHeldAgainstTheEnglishTexts) {
  const Catalogue catalogue(
      "[fruit]\napple = \"{0} 个苹果\"\npear = \"{1} 个梨\"\nstone = \"石头\"\n");
  EXPECT_THAT(
      misfits(catalogue, "fruit",
              {{"apple", "{0} apples"}, {"pear", "{0} pears"}, {"plum", "{0} plums"}}),
      ElementsAre("[fruit] pear has other places: {1} 个梨", "[fruit] has no plum: {0} plums",
                  "[fruit] has stone, which nobody asks for"));
}

}  // namespace
}  // namespace timewait
