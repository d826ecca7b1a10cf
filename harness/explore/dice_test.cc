#include "harness/explore/dice.h"

#include <gtest/gtest.h>

#include <set>

namespace timewait {
namespace {

TEST(Dice, FallAsTheReferenceImplementationOfSplitmixDoes) {
  Dice dice(1234567);
  EXPECT_EQ(dice.next(), 6457827717110365317U);
  EXPECT_EQ(dice.next(), 3203168211198807973U);
}

TEST(Dice, AreOthersForEachScriptAndSeed) {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 30; ++seed)
    for (std::uint64_t index = 0; index < 30; ++index) first.insert(Dice::of(seed, index).next());
  EXPECT_EQ(first.size(), 900U);
}

TEST(Dice, ReachEverySideAndNoOther) {
  Dice dice(7);
  std::set<std::size_t> sides;
  for (int i = 0; i < 200; ++i) sides.insert(dice.below(6));
  EXPECT_EQ(sides, (std::set<std::size_t>{0, 1, 2, 3, 4, 5}));
}

}  // namespace
}  // namespace timewait
