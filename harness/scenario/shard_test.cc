#include "harness/scenario/shard.h"

#include <gmock/gmock.h>

#include <set>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// A scenario of `count` cells.
Scenario scenario_of(int count) {
  Scenario scenario{.name = "many"};
  for (int i = 0; i < count; ++i)
    scenario.cells.push_back({.point = {{"number", std::to_string(i)}}});
  return scenario;
}

std::vector<SelectedCell> all_cells(const Scenario& scenario) {
  std::vector<SelectedCell> cells;
  for (const Cell& cell : scenario.cells) cells.push_back({.scenario = &scenario, .cell = &cell});
  return cells;
}

/// What `read` says when it refuses; empty when it does not.
template <typename Read>
std::string refusal(const Read& read) {
  try {
    read();
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

TEST(Shard, IsAPartOfARunCountedFromOne) {
  EXPECT_EQ(parse_shard("1/3"), (Shard{.index = 1, .count = 3}));
  EXPECT_EQ(parse_shard("3/3").text(), "3/3");
  EXPECT_EQ(parse_shard("1/1"), Shard());
}

TEST(Shard, RefusesWhatIsNoPart) {
  for (const char* text : {"", "/", "2", "0/3", "4/3", "-1/3", "1/0", "1/3/5", "a/b", "1/ 3",
                           "1/3 ", "1.0/3", "1/10001", "99999999999/99999999999"})
    EXPECT_EQ(refusal([&] { parse_shard(text); }),
              "shard " + std::string(text) +
                  " is no part of a run; the parts of three are 1/3, 2/3 and 3/3, and there are "
                  "10000 at most");
}

TEST(Shard, OfGoogleTestCountsFromZero) {
  EXPECT_EQ(shard_of_gtest("3", "0"), (Shard{.index = 1, .count = 3}));
  EXPECT_EQ(shard_of_gtest("3", "2"), (Shard{.index = 3, .count = 3}));
  EXPECT_EQ(shard_of_gtest(nullptr, nullptr), std::nullopt);
  EXPECT_EQ(shard_of_gtest("1", "0"), std::nullopt);
}

TEST(Shard, RefusesWhatGoogleTestRefuses) {
  struct Row {
    const char* total;
    const char* index;
  };
  for (const Row& row : {Row{"3", "3"}, Row{"3", "-1"}, Row{"0", "0"}, Row{"10001", "0"},
                         Row{"3", "2147483647"}, Row{"x", "0"}, Row{"3", ""}})
    EXPECT_EQ(refusal([&] { shard_of_gtest(row.total, row.index); }),
              "GTEST_SHARD_INDEX=" + std::string(row.index) + " is no part of GTEST_TOTAL_SHARDS=" +
                  std::string(row.total) + ": it counts from 0, and there are 10000 parts at most");
  EXPECT_EQ(refusal([] { shard_of_gtest("3", nullptr); }),
            "GTEST_TOTAL_SHARDS is set, but GTEST_SHARD_INDEX is not: set both, or say --shard");
  EXPECT_EQ(refusal([] { shard_of_gtest(nullptr, "0"); }),
            "GTEST_SHARD_INDEX is set, but GTEST_TOTAL_SHARDS is not: set both, or say --shard");
}

TEST(Shard, HasEachCellExactlyOnceAndAsManyAsTheOthers) {
  for (const int cells : {0, 1, 2, 7, 16, 100})
    for (const int count : {1, 2, 3, 7, 16, 40}) {
      const Scenario scenario = scenario_of(cells);
      std::multiset<const Cell*> dealt;
      for (int index = 1; index <= count; ++index) {
        const auto own = cells_of_shard(all_cells(scenario), {.index = index, .count = count});
        EXPECT_GE(static_cast<int>(own.size()), cells / count);
        EXPECT_LE(static_cast<int>(own.size()), (cells + count - 1) / count);
        for (const SelectedCell& one : own) dealt.insert(one.cell);
      }
      EXPECT_EQ(dealt.size(), scenario.cells.size());
      for (const Cell& cell : scenario.cells) EXPECT_EQ(dealt.count(&cell), 1u);
    }
}

TEST(Shard, TakesNeighboursToDifferentShards) {
  const Scenario scenario = scenario_of(5);
  const auto second = cells_of_shard(all_cells(scenario), {.index = 2, .count = 3});
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].cell, &scenario.cells[1]);
  EXPECT_EQ(second[1].cell, &scenario.cells[4]);
}

TEST(Shard, HasACellThatWasNamedTwiceTwice) {
  const Scenario scenario = scenario_of(3);
  std::vector<SelectedCell> named = all_cells(scenario);
  named.push_back(named[1]);
  EXPECT_EQ(cells_of_shard(named, {.index = 2, .count = 2}).size(), 2u);
  EXPECT_EQ(cells_of_shard(named, {.index = 1, .count = 2}).size(), 2u);
}

}  // namespace
}  // namespace timewait
