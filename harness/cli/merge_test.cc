// Runs that are split into shards, and `timewait merge`, which joins them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using testing::EndsWith;
using testing::HasSubstr;

constexpr const char* kScenario = "server-closes-first";
constexpr int kCellCount = 16;

Json run_json(const std::string& folder) {
  std::ifstream file(folder + "/run.json");
  return Json::parse(file);
}

/// The names of the cells that a folder has records of, in their order.
std::vector<std::string> cells_in(const std::string& folder) {
  std::vector<std::string> cells;
  for (const std::string& line : record_lines(folder))
    cells.push_back(Json::parse(line)["cell"].dump());
  return cells;
}

/// Runs one scenario with some variables of the environment.
CommandResult run_with(std::vector<std::string> command, const std::string& folder,
                       const std::vector<std::string>& more = {}) {
  command.insert(command.begin(), "env");
  for (const char* word : {"run", kScenario, "--evidence", "none", "--out"})
    command.emplace_back(word);
  command.insert(std::find(command.begin(), command.end(), "run"), timewait_path());
  command.push_back(folder);
  command.insert(command.end(), more.begin(), more.end());
  return run_command(command);
}

/// A folder for runs of a scenario, in parts and whole.
class Shards : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }

  /// Runs shard "2/3" into folder "2".
  CommandResult run_shard(const std::string& shard) const {
    return run_with({}, path(shard.substr(0, shard.find('/'))), {"--shard", shard});
  }

  CommandResult merge(const std::vector<std::string>& names,
                      const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command{"merge", "--out", path("all")};
    for (const std::string& name : names) command.push_back(path(name));
    command.insert(command.end(), more.begin(), more.end());
    return run_timewait(command);
  }

  /// What merge says when it refuses; and no folder was made.
  std::string refusal(const std::vector<std::string>& names) const {
    const auto result = merge(names);
    EXPECT_EQ(result.end.number, kBadUsage) << result.output;
    EXPECT_FALSE(std::filesystem::exists(path("all")));
    return result.errors;
  }

  void change_run(const std::string& name, const std::string& key, const Json& value) const {
    Json run = run_json(path(name));
    run[key] = value;
    folder_.write(name + "/run.json", run.dump());
  }

  const TemporaryFolder folder_;
};

TEST_F(Shards, MakeTheWholeRunWhenTheyAreMerged) {
  for (const char* shard : {"1/3", "2/3", "3/3"}) EXPECT_EQ(run_shard(shard).end.number, 0);
  run_with({}, path("whole"));
  const auto merged = merge({"3", "1", "2"});
  EXPECT_EQ(merged.end.number, 0) << merged.errors;
  EXPECT_EQ(merged.output, "16 records of 3 runs are in " + path("all") + "\n");
  EXPECT_EQ(cells_in(path("all")), cells_in(path("whole")));
  EXPECT_EQ(run_json(path("all"))["totals"], run_json(path("whole"))["totals"]);
  EXPECT_EQ(run_json(path("all"))["cells"], kCellCount);
  EXPECT_EQ(run_json(path("all"))["shards"], Json::array());
  const auto comparison = run_timewait({"compare", path("whole"), path("all")});
  EXPECT_EQ(comparison.end.number, 0);
  EXPECT_THAT(comparison.output, EndsWith("16 cells, no change\n"));
}

TEST_F(Shards, OnceMergedCanBeReadAsAnyRun) {
  for (const char* shard : {"1/2", "2/2"}) run_shard(shard);
  merge({"1", "2"});
  const auto report = run_timewait({"report", path("all")});
  EXPECT_EQ(report.end.number, 0) << report.errors;
  EXPECT_THAT(report.output, HasSubstr("\n16 cells: "));
  EXPECT_EQ(run_timewait({"trace", path("all"), kTimeWaitCell}).end.number, 0);
  EXPECT_EQ(run_timewait({"claims", path("all")}).end.number, kInconclusive);
}

TEST_F(Shards, SayWhichPartTheyAre) {
  const auto result = run_shard("2/3");
  EXPECT_THAT(result.output, HasSubstr("\n5 cells: "));
  EXPECT_THAT(result.output, HasSubstr("\nnot the whole run, only shard 2/3 of it\n"));
  const Json shards = run_json(path("2"))["shards"];
  ASSERT_EQ(shards.size(), 1U);
  EXPECT_EQ(shards[0]["shard"], "2/3");
  EXPECT_EQ(shards[0]["cells_in_all"], 16);
  EXPECT_EQ(shards[0]["selection"].get<std::string>().size(), 16U);
}

TEST_F(Shards, RunEachOfTheirCellsAsOftenAsItIsRepeated) {
  run_with({}, path("a"), {"--shard", "16/16", "--repeat", "3"});
  EXPECT_EQ(record_lines(path("a")).size(), 3u);
  EXPECT_EQ(run_json(path("a"))["shards"][0]["cells_in_all"], kCellCount);
}

TEST_F(Shards, MayHaveNoCell) {
  const auto result = run_shard("17/17");
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("0 cells:"));
  EXPECT_EQ(run_timewait({"report", path("17")}).end.number, 0);
}

TEST_F(Shards, AreRefusedWhereTheyAreNone) {
  for (const char* shard : {"0/3", "4/3", "3", "a/b", ""}) {
    const auto result = run_timewait({"run", kScenario, "--no-out", "--shard", shard});
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_EQ(result.errors, "timewait: shard " + std::string(shard) +
                                 " is no part of a run; the parts of three are 1/3, 2/3 and 3/3, "
                                 "and there are 10000 at most\n");
  }
  const auto trace = run_timewait({"run", kScenario, "--trace", "--no-out", "--shard", "1/2"});
  EXPECT_EQ(trace.errors,
            "timewait: --trace, --step and --pcap are about one cell; leave --shard out\n");
}

TEST_F(Shards, AreThoseThatGoogleTestAsksFor) {
  const std::vector<std::string> second{"GTEST_TOTAL_SHARDS=3", "GTEST_SHARD_INDEX=1",
                                        "GTEST_SHARD_STATUS_FILE=" + path("status")};
  run_with(second, path("asked"));
  run_shard("2/3");
  EXPECT_EQ(cells_in(path("asked")), cells_in(path("2")));
  EXPECT_TRUE(std::filesystem::exists(path("status")));
}

TEST_F(Shards, AreThoseOfTheCommandLineWhateverTheEnvironmentSays) {
  const std::vector<std::string> another{"GTEST_TOTAL_SHARDS=4", "GTEST_SHARD_INDEX=3",
                                         "GTEST_SHARD_STATUS_FILE=" + path("status")};
  run_with(another, path("said"), {"--shard", "2/3"});
  run_shard("2/3");
  EXPECT_EQ(cells_in(path("said")), cells_in(path("2")));
  EXPECT_TRUE(std::filesystem::exists(path("status")));
}

TEST_F(Shards, AreRefusedWhereGoogleTestRefusesThem) {
  const auto result = run_with({"GTEST_TOTAL_SHARDS=3", "GTEST_SHARD_INDEX=3"}, path("a"));
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors,
            "timewait: GTEST_SHARD_INDEX=3 is no part of GTEST_TOTAL_SHARDS=3: it counts from 0, "
            "and there are 10000 parts at most\n");
  const auto half = run_with({"GTEST_TOTAL_SHARDS=3"}, path("a"));
  EXPECT_EQ(half.errors,
            "timewait: GTEST_TOTAL_SHARDS is set, but GTEST_SHARD_INDEX is not: set both, or say "
            "--shard\n");
}

TEST_F(Shards, AreNotMergedWhenOneIsMissing) {
  for (const char* shard : {"1/4", "3/4"}) run_shard(shard);
  EXPECT_EQ(refusal({"1", "3"}),
            "timewait: shard 2/4, 4/4 is missing; name the folders of all, or say --partial\n");
  EXPECT_EQ(merge({"1", "3"}, {"--partial"}).end.number, 0);
  EXPECT_THAT(run_timewait({"report", path("all")}).output,
              HasSubstr("\nnot the whole run, only shard 1/4, 3/4 of it\n"));
  run_shard("2/4");
  run_shard("4/4");
  const auto complete =
      run_timewait({"merge", path("all"), path("2"), path("4"), "--out", path("complete")});
  EXPECT_EQ(complete.end.number, 0) << complete.errors;
  EXPECT_EQ(run_json(path("complete"))["shards"], Json::array());
}

TEST_F(Shards, AreNotMergedWithThoseOfOtherConditions) {
  struct Row {
    const char* key;
    Json value;
    const char* what;
  };
  const Row rows[] = {{"kernel", "5.10.0", "kernel"},
                      {"version", "99", "version"},
                      {"isolation", "none at all", "isolation"}};
  for (const char* shard : {"1/2", "2/2"}) run_shard(shard);
  for (const Row& row : rows) {
    const Json was = run_json(path("1"))[row.key];
    change_run("2", row.key, row.value);
    EXPECT_EQ(refusal({"1", "2"}), "timewait: " + path("1") + " and " + path("2") +
                                       " cannot be merged: " + row.what + " is " +
                                       was.get<std::string>() + " in the first, " +
                                       row.value.get<std::string>() + " in the second\n");
    change_run("2", row.key, was);
  }
  Json sysctls = run_json(path("1"))["sysctls"];
  sysctls["net.ipv4.tcp_fin_timeout"] = "7";
  change_run("2", "sysctls", sysctls);
  EXPECT_THAT(refusal({"1", "2"}), HasSubstr("sysctl net.ipv4.tcp_fin_timeout is 60 in the first"));
}

TEST_F(Shards, AreNotMergedWhenTheyContradictEachOther) {
  run_timewait({"run", kTimeWaitCell, "--out", path("a")});
  run_timewait({"run", kTimeWaitCell, "--out", path("b")});
  EXPECT_EQ(merge({"a", "b"}).end.number, 0);
  EXPECT_EQ(record_lines(path("all")).size(), 2u);
  EXPECT_EQ(run_json(path("all"))["totals"]["pass"], 2);
  std::filesystem::remove_all(path("all"));
  Json record = Json::parse(record_lines(path("b")).at(0));
  record["outcome"] = "bound";
  folder_.write("b/records.jsonl", record.dump() + "\n");
  EXPECT_EQ(refusal({"a", "b"}), "timewait: " + path("a") + " and " + path("b") +
                                     " cannot be merged: " + kTimeWaitCell +
                                     " is pass bind:EADDRINUSE in the first, error bound in the "
                                     "second\n");
}

TEST_F(Shards, AreNotMergedIntoOneOfThemselvesOrTwice) {
  run_shard("1/1");
  const auto into = run_timewait({"merge", path("1"), "--out", path("1") + "/"});
  EXPECT_EQ(into.end.number, kBadUsage);
  EXPECT_EQ(into.errors,
            "timewait: --out " + path("1") + " is one of the runs; name another folder\n");
  EXPECT_EQ(record_lines(path("1")).size(), std::size_t{kCellCount});
  EXPECT_EQ(refusal({"1", "1/"}), "timewait: " + path("1/") + " is named twice\n");
}

TEST_F(Shards, AreNotMergedWhenARunWasCutShort) {
  run_shard("1/1");
  folder_.write("1/records.jsonl", record_lines(path("1")).at(0) + "\n");
  EXPECT_EQ(refusal({"1"}), "timewait: " + path("1") +
                                "/records.jsonl has 1 records, but run.json speaks of 16: the run "
                                "was cut short\n");
}

TEST_F(Shards, OfSlowCellsAreNotLeftOutAnyMore) {
  folder_.write("scenarios/t/quick.toml", scenario_around(kIdleServerInterrupted, "bound"));
  folder_.write("scenarios/t/slow.toml",
                "tags = [\"slow\"]\n" + scenario_around(kIdleServerInterrupted, "bound"));
  const std::string scenarios = path("scenarios");
  run_timewait({"run", "--scenarios", scenarios, "--out", path("a")});
  run_timewait({"run", "--scenarios", scenarios, "--tag", "slow", "--out", path("b")});
  EXPECT_EQ(run_json(path("a"))["left_out"]["slow"], 1);
  EXPECT_EQ(merge({"b", "a"}, {"--scenarios", scenarios}).end.number, 0);
  EXPECT_EQ(run_json(path("all"))["left_out"], Json::object());
  EXPECT_EQ(Json::parse(record_lines(path("all")).at(0))["scenario"], "quick");
}

}  // namespace
}  // namespace timewait
