#include "harness/explore/script_source.h"

#include <gtest/gtest.h>

#include <set>

#include "harness/explore/all_scripts.h"
#include "harness/explore/kernel_side.h"
#include "harness/explore/random_scripts.h"

namespace timewait {
namespace {

using Lines = std::vector<std::string>;

std::vector<Lines> scripts_of(const ScriptSource& source) {
  std::vector<Lines> all;
  for (std::size_t batch = 0; batch < source.batches(); ++batch)
    source.make(batch, [&](ModelledScript&& script) { all.push_back(texts_of(script.script)); });
  return all;
}

TEST(RandomScripts, AreTheSameForTheSameSeed) {
  const RandomSettings settings{.seed = 7, .count = 50, .length = 20};
  EXPECT_EQ(scripts_of(RandomScripts(settings)), scripts_of(RandomScripts(settings)));
}

TEST(RandomScripts, AreOthersForAnotherSeed) {
  const auto scripts = [](std::uint64_t seed) {
    return scripts_of(RandomScripts({.seed = seed, .count = 50, .length = 20}));
  };
  EXPECT_NE(scripts(1), scripts(2));
}

TEST(RandomScripts, DependOnTheirNumberAlone) {
  const RandomSettings few{.seed = 1, .count = 5, .length = 20};
  const RandomSettings many{.seed = 1, .count = 5000, .length = 20};
  auto all = scripts_of(RandomScripts(many));
  EXPECT_EQ(all.size(), 5000U);
  all.resize(5);
  EXPECT_EQ(all, scripts_of(RandomScripts(few)));
}

TEST(RandomScripts, AreMostlyAsLongAsAskedAndNeverMuchLonger) {
  std::size_t shorter = 0;
  for (const Lines& script : scripts_of(RandomScripts({.count = 200, .length = 12}))) {
    shorter += script.size() < 12 ? 1 : 0;
    EXPECT_LE(script.size(), 18U);
  }
  EXPECT_LT(shorter, 20U);
}

TEST(RandomScripts, ChangeTheUserOnlyWhereThereAreSeveral) {
  const auto changes = [](bool has_users) {
    std::size_t count = 0;
    for (const Lines& script :
         scripts_of(RandomScripts({.count = 200, .length = 20, .has_users = has_users})))
      for (const std::string& call : script) count += call.starts_with("seteuid") ? 1 : 0;
    return count;
  };
  EXPECT_EQ(changes(false), 0U);
  EXPECT_GT(changes(true), 0U);
}

TEST(AllScripts, AreEachThereOnce) {
  const auto scripts = scripts_of(AllScripts(2, {}));
  EXPECT_EQ(std::set<Lines>(scripts.begin(), scripts.end()).size(), scripts.size());
}

TEST(AllScripts, AreNoBeginningsOfOthers) {
  const auto all = scripts_of(AllScripts(2, {}));
  const std::set<Lines> scripts(all.begin(), all.end());
  for (Lines script : all)
    while (!script.empty()) {
      script.pop_back();
      EXPECT_FALSE(scripts.contains(script));
    }
}

TEST(AllScripts, BindEveryAddressWithEveryOption) {
  const auto scripts = scripts_of(AllScripts(1, {}));
  EXPECT_EQ(scripts.size(), 28U);
  const auto has = [&](const Lines& script) { return std::ranges::count(scripts, script) == 1; };
  EXPECT_TRUE(has({"socket a", "bind a 127.0.0.1:12000"}));
  EXPECT_TRUE(
      has({"socket a tcp6", "set a both", "setsockopt a IPV6_V6ONLY 1", "bind a [::]:12000"}));
}

TEST(AllScripts, EndWhereACallFails) {
  const auto scripts = scripts_of(AllScripts(3, {}));
  const Lines failed{"socket a", "bind a 127.0.0.1:12000", "socket b", "bind b 127.0.0.1:12000"};
  EXPECT_EQ(std::ranges::count(scripts, failed), 1);
}

TEST(AllScripts, FindRoomInANetworkBatchByBatch) {
  const AllScripts source(3, {});
  for (std::size_t batch = 0; batch < source.batches(); ++batch) {
    std::size_t count = 0;
    source.make(batch, [&](ModelledScript&&) { ++count; });
    EXPECT_LE(count, KernelSide::kMostScripts);
  }
}

}  // namespace
}  // namespace timewait
