#include "harness/report/run_merge.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

MergedRun run(const std::string& name) {
  return {.name = name,
          .summary = {.kernel = "6.18.44",
                      .architecture = "x86_64",
                      .hz = 250,
                      .isolation = "namespaces",
                      .sysctls = {{"net.ipv4.tcp_tw_reuse", "2"}},
                      .version = "0.1.0",
                      .jobs = 2,
                      .cells = 5,
                      .left_out = {{"slow", 21}},
                      .wall_time = std::chrono::seconds(3)}};
}

MergedRun shard(int index, int count, int cells_in_all = 15, const std::string& selection = "1f") {
  MergedRun one = run("shard" + std::to_string(index));
  one.summary.shards = {{{.index = index, .count = count}, cells_in_all, selection}};
  return one;
}

Record record(Verdict verdict, std::optional<Outcome> outcome = Outcome::bound()) {
  Record one;
  one.scenario = "a";
  one.point = {{"rebind", "plain"}};
  one.verdict = verdict;
  one.outcome = outcome;
  return one;
}

/// What is said when `check` refuses; empty when it does not.
template <typename Check>
std::string refusal(const Check& check) {
  try {
    check();
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

TEST(RunMerge, RefusesWhatRanUnderOtherConditions) {
  struct Row {
    void (*change)(RunSummary&);
    const char* text;
  };
  const Row rows[] = {
      {[](RunSummary& one) { one.kernel = "5.10.0"; },
       "kernel is 6.18.44 in the first, 5.10.0 in the second"},
      {[](RunSummary& one) { one.version = "0.2.0"; },
       "version is 0.1.0 in the first, 0.2.0 in the second"},
      {[](RunSummary& one) { one.isolation = "none"; },
       "isolation is namespaces in the first, none in the second"},
      {[](RunSummary& one) { one.sysctls["net.ipv4.tcp_tw_reuse"] = "0"; },
       "sysctl net.ipv4.tcp_tw_reuse is 2 in the first, 0 in the second"},
      {[](RunSummary& one) { one.architecture = "aarch64"; },
       "architecture is x86_64 in the first, aarch64 in the second"},
      {[](RunSummary& one) { one.hz = 1000; }, "hz is 250 in the first, 1000 in the second"},
  };
  for (const Row& row : rows) {
    MergedRun other = run("other");
    row.change(other.summary);
    EXPECT_EQ(refusal([&] {
                check_same_conditions({run("one"), run("two"), other});
              }),
              std::string("one and other cannot be merged: ") + row.text);
  }
  EXPECT_EQ(refusal([] { check_same_conditions({run("one"), run("two")}); }), "");
}

TEST(RunMerge, TakesNoShardOfOneRunForThatOfAnother) {
  const auto missing = missing_shards({shard(1, 2, 15, "1f"), shard(2, 2, 15, "2e")});
  ASSERT_EQ(missing.size(), 2U);
  EXPECT_EQ(missing[0].text(), "2/2");
  EXPECT_EQ(missing[1].text(), "1/2");
}

TEST(RunMerge, RefusesACellWithTwoOutcomesOrVerdicts) {
  MergedCells outcomes;
  outcomes.add("one", record(Verdict::pass));
  outcomes.add("two", record(Verdict::pass, Outcome::failed(SocketCall::bind, 98)));
  EXPECT_EQ(refusal([&] { outcomes.check_agreement(); }),
            "one and two cannot be merged: a/rebind=plain is pass bound in the first, pass "
            "bind:EADDRINUSE in the second");
  MergedCells verdicts;
  verdicts.add("one", record(Verdict::pass));
  verdicts.add("two", record(Verdict::error, std::nullopt));
  EXPECT_EQ(refusal([&] { verdicts.check_agreement(); }),
            "one and two cannot be merged: a/rebind=plain is pass bound in the first, error "
            "without an outcome in the second");
}

TEST(RunMerge, TakesACellThatIsTheSameInTwoRunsOrVariesInOne) {
  MergedCells same;
  same.add("one", record(Verdict::pass));
  same.add("two", record(Verdict::pass));
  EXPECT_EQ(refusal([&] { same.check_agreement(); }), "");
  MergedCells varying;
  varying.add("one", record(Verdict::pass));
  varying.add("one", record(Verdict::inconclusive));
  EXPECT_EQ(refusal([&] { varying.check_agreement(); }), "");
  varying.add("two", record(Verdict::pass));
  EXPECT_EQ(refusal([&] { varying.check_agreement(); }),
            "one and two cannot be merged: a/rebind=plain is inconclusive bound or pass bound in "
            "the first, pass bound in the second");
}

TEST(RunMerge, KnowsWhichShardsAreMissing) {
  EXPECT_THAT(missing_shards({run("whole")}), IsEmpty());
  EXPECT_THAT(missing_shards({shard(2, 2), shard(1, 2), shard(1, 2)}), IsEmpty());
  EXPECT_THAT(missing_shards({shard(1, 3), shard(3, 3)}),
              ElementsAre(Shard{.index = 2, .count = 3}));
  EXPECT_THAT(missing_shards({shard(1, 2, 15), shard(2, 2, 99)}),
              ElementsAre(Shard{.index = 2, .count = 2}, Shard{.index = 1, .count = 2}));
}

TEST(RunMerge, AddsUpWhatTheRunsDid) {
  MergedRun second = shard(2, 2);
  second.summary.jobs = 8;
  second.summary.left_out = {{"slow", 21}, {"slowest", 1}};
  second.summary.capture_trouble = "no capture";
  const RunSummary all = merged_summary({shard(1, 2), second});
  EXPECT_EQ(all.kernel, "6.18.44");
  EXPECT_EQ(all.cells, 10);
  EXPECT_EQ(all.jobs, 8);
  EXPECT_EQ(all.wall_time, std::chrono::seconds(6));
  EXPECT_EQ(all.left_out, (std::map<std::string, int>{{"slow", 21}, {"slowest", 1}}));
  EXPECT_EQ(all.capture_trouble, "no capture");
  EXPECT_THAT(all.shards, IsEmpty());
}

TEST(RunMerge, KeepsTheShardsOfWhatIsNotComplete) {
  const RunSummary all = merged_summary({shard(3, 3), shard(1, 3), run("whole")});
  ASSERT_EQ(all.shards.size(), 2u);
  EXPECT_EQ(all.shards[0].shard.text(), "1/3");
  EXPECT_EQ(all.shards[1].shard.text(), "3/3");
  EXPECT_EQ(all.shards[1].cells_in_all, 15);
}

TEST(RunSummary, IsReadBackWithItsShards) {
  const RunSummary summary = shard(2, 3).summary;
  const std::string text = to_json(summary, {});
  const RunSummary back = read_run_summary(text);
  EXPECT_EQ(to_json(back, {}), text);
  EXPECT_EQ(back.shards.at(0).shard.text(), "2/3");
  EXPECT_EQ(back.hz, 250);
}

TEST(RunSummary, OfAnOlderRunIsWholeAndTellsLess) {
  auto json = nlohmann::json::parse(to_json(run("one").summary, {}));
  for (const char* key : {"shards", "architecture", "hz"}) json.erase(key);
  const RunSummary old = read_run_summary(json.dump());
  EXPECT_THAT(old.shards, IsEmpty());
  EXPECT_EQ(old.architecture, "");
  EXPECT_EQ(old.hz, 0);
}

}  // namespace
}  // namespace timewait
