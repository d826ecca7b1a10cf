#include "harness/base/enum_table.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

enum class Fruit { apple, pear, quince };

constexpr auto kFruits = enum_table<Fruit>({{Fruit::apple, "apple"}, {Fruit::pear, "pear"}});

TEST(EnumTable, NamesEachValue) {
  EXPECT_EQ(kFruits.name(Fruit::apple), "apple");
  EXPECT_EQ(kFruits.name(Fruit::pear), "pear");
}

TEST(EnumTable, NamesAValueThatIsNotInItWithAQuestionMark) {
  EXPECT_EQ(kFruits.name(Fruit::quince), "?");
}

TEST(EnumTable, FindsTheValueOfEachName) {
  EXPECT_EQ(kFruits.find("apple"), Fruit::apple);
  EXPECT_EQ(kFruits.find("pear"), Fruit::pear);
}

TEST(EnumTable, FindsNothingForAWordThatIsOnlySimilar) {
  for (const char* word : {"", "Apple", "pea", "pears", "?"})
    EXPECT_EQ(kFruits.find(word), std::nullopt) << word;
}

TEST(EnumTable, ListsItsNamesInTheirOrder) {
  EXPECT_EQ(kFruits.names(), "apple, pear");
  EXPECT_EQ(kFruits.name_list(), (std::vector<std::string>{"apple", "pear"}));
}

}  // namespace
}  // namespace timewait
