// `timewait run --resume`: how a run that was stopped or killed is gone on with.

#include <gmock/gmock.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>

#include "harness/cli/test_gated_run.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using testing::EndsWith;
using testing::HasSubstr;

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Each record's scenario and cell, in the order of the file.
std::vector<std::string> cells_in(const std::string& folder) {
  std::vector<std::string> cells;
  for (const std::string& line : record_lines(folder)) {
    const Json record = Json::parse(line);
    cells.push_back(record["scenario"].get<std::string>() + record["cell"].dump());
  }
  return cells;
}

class Resumed : public GatedRun {
 protected:
  /// All that an uninterrupted run would have, in the same order.
  void expect_whole(const CommandResult& result) const {
    EXPECT_EQ(result.end.number, 0) << result.errors;
    EXPECT_EQ(result.errors, "");
    EXPECT_THAT(result.output, HasSubstr("\n7 cells: "));
    EXPECT_EQ(cells_in(out()), cells_in(whole_run()));
    const Json run = Json::parse(text_of(out() + "/run.json"));
    EXPECT_EQ(run["cells"], kCells);
    EXPECT_EQ(run["not_run"], 0);
    EXPECT_EQ(run["totals"]["pass"], kCells);
    const auto comparison = run_timewait({"compare", path("whole"), out()});
    EXPECT_THAT(comparison.output, EndsWith("7 cells, no change\n"));
  }

  /// What --resume says when it refuses; the folder is as it was.
  std::string refusal(const std::vector<std::string>& more = {}) const {
    const std::string records = text_of(out() + "/records.jsonl");
    const auto result = resume(more);
    EXPECT_EQ(result.end.number, kBadUsage) << result.output;
    EXPECT_EQ(result.output, "");
    EXPECT_EQ(text_of(out() + "/records.jsonl"), records);
    EXPECT_FALSE(std::filesystem::exists(out() + "/run.json"));
    return result.errors;
  }

  void change_plan(const std::string& pointer, const Json& value) const {
    Json plan = Json::parse(text_of(out() + "/plan.json"));
    plan[Json::json_pointer(pointer)] = value;
    folder_.write("out/plan.json", plan.dump());
  }

  std::string cannot(const std::string& why) const {
    return "timewait: " + out() + " cannot be gone on with: " + why +
           "; begin a new run with --out\n";
  }
};

TEST_F(Resumed, AfterItWasInterruptedHasAllCellsOnceAndInTheirOrder) {
  interrupted(SIGINT);
  const std::string first_part = record_lines(out()).at(0);
  open_gate();
  expect_whole(resume());
  EXPECT_THAT(record_lines(out()), testing::Contains(first_part));
}

TEST_F(Resumed, AfterItWasKilledHasAllCellsOnceAndInTheirOrder) {
  EXPECT_EQ(interrupted(SIGKILL).end.text(), "killed by SIGKILL");
  open_gate();
  expect_whole(resume());
}

TEST_F(Resumed, RunsTheCellAgainWhoseRecordWasCutOff) {
  interrupted(SIGKILL);
  const auto size = std::filesystem::file_size(out() + "/records.jsonl");
  std::filesystem::resize_file(out() + "/records.jsonl", size - 1);
  const auto report = run_timewait({"report", out()});
  EXPECT_THAT(report.errors,
              HasSubstr("timewait: " + out() +
                        "/records.jsonl: its last line was cut off and is left out\n"));
  EXPECT_THAT(report.output, HasSubstr("\nnot the whole run, only 4 of its 7 cells\n"));
  open_gate();
  expect_whole(resume());
}

TEST_F(Resumed, KeepsWhatItWasAskedForAtFirst) {
  RunningCommand run = begin({"--repeat", "2", "--shard", "2/2", "--evidence", "full"});
  run.wait_until([&] { return record_lines(out()).size() == 4; });
  run.process().signal(SIGTERM);
  EXPECT_THAT(run.result().errors, HasSubstr("interrupted after 4 of 6 cells"));
  open_gate();
  const auto result = resume({"--format", "json"});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  const Json whole = Json::parse(result.output);
  EXPECT_EQ(whole["records"].size(), 6u);
  EXPECT_EQ(whole["run"]["shards"][0]["shard"], "2/2");
  EXPECT_EQ(whole["run"]["jobs"], 8);
  for (const auto& record : whole["records"]) EXPECT_FALSE(record["timeline"].is_null());
  const auto cells = cells_in(out());
  EXPECT_TRUE(std::equal(cells.begin(), cells.begin() + 3, cells.begin() + 3));
}

TEST_F(Resumed, FindsAScenarioFileAgainFromAnotherFolder) {
  const std::string command = "cd " + path("scenarios/theme") + " && exec " + timewait_path() +
                              " run quick.toml gated.toml --step-timeout 50 --jobs 8 --out " +
                              out();
  RunningCommand run({"sh", "-c", command});
  come_to_the_gate(run);
  run.process().signal(SIGINT);
  run.result();
  open_gate();
  EXPECT_EQ(resume().end.number, 0);
  EXPECT_EQ(record_lines(out()).size(), kCells);
}

TEST_F(Resumed, WhenItIsWholePrintsItsMatrixAndTouchesNothing) {
  open_gate();
  ASSERT_EQ(begin().result().end.number, 0);
  const auto written = std::filesystem::last_write_time(out() + "/run.json");
  const auto again = resume();
  EXPECT_EQ(again.end.number, 0) << again.errors;
  EXPECT_EQ(again.output, run_timewait({"report", out()}).output);
  EXPECT_EQ(std::filesystem::last_write_time(out() + "/run.json"), written);
}

TEST_F(Resumed, WhenOnlyItsEndIsMissingIsWholeAtOnce) {
  open_gate();
  ASSERT_EQ(begin().result().end.number, 0);
  std::filesystem::remove(out() + "/run.json");
  expect_whole(resume());
}

TEST_F(Resumed, MayBeInterruptedAgain) {
  interrupted(SIGINT);
  RunningCommand run({timewait_path(), "run", "--resume", out()});
  const UniqueFd gate = come_to_the_gate_without_records(run);
  run.process().signal(SIGINT);
  const auto result = run.result();
  EXPECT_EQ(result.end.number, 130);
  EXPECT_EQ(
      result.errors,
      "timewait: interrupted after 5 of 7 cells; to go on: timewait run --resume " + out() + "\n");
  open_gate();
  expect_whole(resume());
}

TEST_F(Resumed, IsRefusedWhereSomethingIsNotTheSameAnyMore) {
  interrupted(SIGINT);
  struct Row {
    const char* key;
    Json value;
    const char* what;
  };
  const Row rows[] = {
      {"/run/kernel", "5.10.0", "kernel"},
      {"/run/version", "99", "version"},
      {"/run/isolation", "none at all", "isolation"},
      {"/run/sysctls/net.ipv4.tcp_fin_timeout", "7", "sysctl net.ipv4.tcp_fin_timeout"}};
  const Json plan = Json::parse(text_of(out() + "/plan.json"));
  for (const Row& row : rows) {
    const std::string now = plan[Json::json_pointer(row.key)];
    change_plan(row.key, row.value);
    EXPECT_EQ(refusal(), cannot(std::string(row.what) + " was " + row.value.get<std::string>() +
                                " when it began and is " + now + " now"));
    change_plan(row.key, now);
  }
}

TEST_F(Resumed, IsRefusedWhereTheScenariosAreNotTheSameAnyMore) {
  interrupted(SIGINT);
  const std::string file = path("scenarios/theme/quick.toml");
  const std::string text = text_of(file);
  add_scenario("quick", "# another comment\n", R"(rebind = ["plain", "both"])");
  EXPECT_EQ(refusal(), cannot("the scenario quick was changed"));
  std::filesystem::remove(file);
  EXPECT_EQ(refusal(), cannot("the scenario quick is gone"));
  folder_.write("scenarios/theme/quick.toml", text);
  add_scenario("added", "", R"(rebind = ["plain"])");
  EXPECT_EQ(refusal(), cannot("the scenario added is new"));
}

TEST_F(Resumed, IsRefusedWithAnotherSelection) {
  interrupted(SIGINT);
  EXPECT_EQ(refusal({"--tag", "slow"}),
            "timewait: --resume goes on with a run as it was begun; leave --tag out\n");
  EXPECT_EQ(refusal({"--evidence=none"}),
            "timewait: --resume goes on with a run as it was begun; leave --evidence out\n");
  EXPECT_EQ(refusal({"--out", path("other")}),
            "timewait: --resume goes on with a run as it was begun; leave --out out\n");
  EXPECT_EQ(refusal({"quick", "gated"}),
            "timewait: --resume goes on with a run as it was begun; leave quick gated out\n");
}

TEST_F(Resumed, IsRefusedWhereThereIsNoRun) {
  const auto expect_none = [&](const std::string& why) {
    const auto result = resume();
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_EQ(result.errors, "timewait: there is no run to go on with in " + out() + ": " + why +
                                 "; name a folder that `timewait run --out` began to fill\n");
  };
  expect_none("No such file or directory");
  std::filesystem::create_directory(out());
  expect_none("it has no plan.json");
  ASSERT_EQ(::mkfifo((out() + "/plan.json").c_str(), 0600), 0);
  expect_none("its plan.json is no file");
  std::filesystem::remove_all(out());
  folder_.write("out", "");
  expect_none("Not a directory");
}

TEST_F(Resumed, IsRefusedWhereThePlanIsALink) {
  interrupted(SIGINT);
  std::filesystem::rename(out() + "/plan.json", path("elsewhere"));
  std::filesystem::create_symlink(path("elsewhere"), out() + "/plan.json");
  EXPECT_THAT(refusal(), HasSubstr(": its plan.json is a link; name a folder that"));
}

TEST_F(Resumed, IsRefusedWhereThePlanIsAnotherUsers) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file to somebody else";
  interrupted(SIGINT);
  ASSERT_EQ(::chown((out() + "/plan.json").c_str(), 65534, 65534), 0);
  EXPECT_EQ(refusal(), "timewait: " + out() +
                           "/plan.json belongs to another user, and what it names would run as "
                           "you; begin a new run\n");
}

TEST_F(Resumed, IsNoNewRunWhereTheFolderHasNoName) {
  const auto result = run_timewait({"run", "--resume", ""});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors, "--resume: its name is empty\nRun with --help for more information.\n");
}

TEST_F(Resumed, IsRefusedWhereTheFolderIsDamaged) {
  interrupted(SIGINT);
  const std::string records = text_of(out() + "/records.jsonl");
  folder_.write("out/records.jsonl", "{}\n" + records);
  EXPECT_THAT(refusal(), testing::StartsWith("timewait: " + out() + "/records.jsonl:1: "));
  const std::string twice = records.substr(0, records.find('\n') + 1);
  folder_.write("out/records.jsonl", records + twice);
  EXPECT_THAT(refusal(), HasSubstr("/records.jsonl:6: this run has no further cell quick/rebind="));
  folder_.write("out/plan.json", "{}");
  EXPECT_THAT(refusal(),
              testing::StartsWith("timewait: " + out() + "/plan.json: this is no plan.json: "));
}

TEST_F(Resumed, IsForgottenWhenANewRunTakesItsFolder) {
  interrupted(SIGINT);
  open_gate();
  ASSERT_EQ(begin({"--repeat", "2"}).result().end.number, 0);
  EXPECT_EQ(record_lines(out()).size(), 2 * kCells);
}

}  // namespace
}  // namespace timewait
