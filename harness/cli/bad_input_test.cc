// What a user is told about an option that cannot be, and about kept records that were damaged.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using testing::StartsWith;

TEST(BadInput, OnTheCommandLineIsToldWithExitCode2) {
  const struct {
    std::vector<std::string> arguments;
    const char* text;
  } rows[] = {
      {{"run", "--step-timeout", "nan", "--no-out"},
       "timewait: a time limit must be a number of seconds\n"},
      {{"run", "--evidence", "some"}, "--evidence: some not in {none,failed,full}\n"},
      {{"run", "--lang", "fr"}, "--lang: fr not in {en,zh}\n"},
      {{"run", "--shard", "4/3", "--no-out"},
       "timewait: shard 4/3 is no part of a run; the parts of three are 1/3, 2/3 and 3/3, and "
       "there "
       "are 10000 at most\n"},
      {{"run", "--format", "mermaid", "--no-out"},
       "timewait: --format mermaid draws one cell: say --trace, too\n"},
      {{"run", "--trace", "--format", "csv", "--no-out"},
       "timewait: --trace draws one cell as text, json, mermaid, not as csv\n"},
      {{"run", "--step", "--repeat", "2"},
       "timewait: --trace, --step and --pcap are about one run of one cell; leave --repeat out\n"},
      {{"run", "--trace", "--shard", "1/2"},
       "timewait: --trace, --step and --pcap are about one cell; leave --shard out\n"},
      {{"run", kTimeWaitCell, "--pcap", "/nowhere/a.pcap"},
       "timewait: cannot write /nowhere/a.pcap: No such file or directory\n"},
      {{"list", "--json", "--cells"}, "--json excludes --cells\n"},
      {{"mutate", "--format", "json", "--model"},
       "timewait: --format json is for --kernel alone\n"},
      {{"explore", "--write", "/dev/null/x", "--count", "1"},
       "timewait: the folder /dev/null/x cannot be made: Not a directory\n"},
  };
  for (const auto& row : rows) {
    const auto result = run_timewait(row.arguments);
    EXPECT_EQ(result.end.number, kBadUsage) << row.text;
    EXPECT_THAT(result.errors, StartsWith(row.text));
  }
}

/// CLI11 writes "0.010000 to 5" or, from 2.4 on, "[0.01 - 5]".
TEST(BadInput, OutOfRangeIsToldWithTheRange) {
  const struct {
    std::vector<std::string> arguments;
    const char* text;
  } rows[] = {
      {{"run", "--jobs", "0"}, "^--jobs: Value 0 not in range \\[?1 (to|-) 1000\\]?\n"},
      {{"run", "--repeat", "x"}, "^--repeat: Value x not in range \\[?1 (to|-) 10000000\\]?\n"},
      {{"run", "--cell-timeout", "0"},
       "^--cell-timeout: Value 0 not in range \\[?0\\.01(0000)? (to|-) 86400(\\.0+)?\\]?\n"},
      {{"explore", "--count", "0"},
       "^--count: Value 0 not in range \\[?1 (to|-) 1000000000000\\]?\n"},
  };
  for (const auto& row : rows) {
    const auto result = run_timewait(row.arguments);
    EXPECT_EQ(result.end.number, kBadUsage) << row.text;
    EXPECT_THAT(result.errors, testing::ContainsRegex(row.text));
  }
}

TEST(BadInput, IsAFolderThatCannotBeEntered) {
  const TemporaryFolder folder;
  const std::string loop = folder.path() + "/loop";
  std::filesystem::create_symlink("loop", loop);
  const std::vector<std::vector<std::string>> commands = {
      {"report", loop},
      {"claims", loop},
      {"trace", loop, kTimeWaitCell},
      {"compare", loop, loop},
      {"merge", loop, loop, "--out", folder.path() + "/merged"},
      {"run", "--resume", loop},
      {"run", kTimeWaitCell, "--out", loop},
      {"run", kTimeWaitCell, "--no-out", "--programs", loop},
      {"run", kTimeWaitCell, "--no-out", "--html", loop + "/page.html"},
      {"list", "--scenarios", loop},
      {"explore", "--count", "1", "--write", loop},
  };
  for (const auto& command : commands) {
    const auto result = run_timewait(command);
    EXPECT_EQ(result.end.number, kBadUsage) << command.front();
    EXPECT_THAT(result.errors, testing::HasSubstr(loop)) << command.front();
    EXPECT_THAT(result.errors, testing::HasSubstr(": Too many levels of symbolic links"))
        << command.front();
    EXPECT_THAT(result.errors, testing::Not(testing::HasSubstr("filesystem error")));
  }
}

TEST(BadInput, IsAFolderOrFileWithoutAName) {
  const std::vector<std::vector<std::string>> commands = {
      {"run", kTimeWaitCell, "--out", ""},
      {"run", kTimeWaitCell, "--no-out", "--html", ""},
      {"run", kTimeWaitCell, "--no-out", "--pcap", ""},
      {"merge", "a", "b", "--out", ""},
      {"report", ""},
      {"compare", "", "a"},
      {"compare", "a", ""},
      {"claims", ""},
      {"trace", "", kTimeWaitCell},
      {"explore", "--write", ""},
      {"list", "--scenarios", ""},
  };
  for (const auto& command : commands) {
    const auto result = run_timewait(command);
    EXPECT_EQ(result.end.number, kBadUsage) << command.front();
    EXPECT_THAT(result.errors, testing::HasSubstr(": its name is empty\n")) << command.front();
  }
}

TEST(BadInput, InTheEnvironmentIsToldWithExitCode2) {
  const auto result = run_command({"env", "GTEST_SHARD_STATUS_FILE=/nowhere/x", timewait_path(),
                                   "run", kTimeWaitCell, "--no-out"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors,
            "timewait: cannot write GTEST_SHARD_STATUS_FILE=/nowhere/x: No such file or "
            "directory\n");
}

/// A folder with the record of a cell, for somebody to damage.
class DamagedRun {
 public:
  DamagedRun() {
    run_timewait({"run", kTimeWaitCell, "--out", folder_.path()});
    const auto lines = record_lines(folder_.path());
    if (lines.size() == 1) record_ = lines[0];
  }

  const std::string& record() const { return record_; }
  std::string path(const std::string& file) const { return folder_.path() + "/" + file; }
  void write(const std::string& file, const std::string& text) const { folder_.write(file, text); }

  /// The record with `what` replaced.
  std::string with(const std::string& what, const std::string& instead) const {
    std::string text = record_;
    const auto at = text.find(what);
    return at == std::string::npos ? "there is no " + what : text.replace(at, what.size(), instead);
  }

  std::string refusal() const {
    const auto report = run_timewait({"report", folder_.path()});
    EXPECT_EQ(report.end.number, kBadUsage);
    return report.errors;
  }

 private:
  TemporaryFolder folder_;
  std::string record_;
};

TEST(BadInput, InARecordIsToldWithFileLineAndPlace) {
  const DamagedRun run;
  const struct {
    std::string second;
    const char* text;
  } rows[] = {
      {"nonsense", "this is no record: it is no JSON from column 2 on"},
      {std::string(200, '['), "this is no record: its values are nested more than 100 deep"},
      {run.with("\"verdict\":\"pass\"", "\"verdict\":\"good\""),
       "this is no record: verdict: \"good\" is no verdict"},
      {run.with("\"theme\"", "\"them\""), "this is no record: theme is missing"},
      {run.with("\"start_ns\":", "\"start_ns\":-9223372036854775808,\"was\":"),
       "this is no record: steps[0].start_ns: -9223372036854775808 is no whole number from "
       "-1000000000000000000 to 1000000000000000000"},
  };
  for (const auto& row : rows) {
    run.write("records.jsonl", run.record() + "\n" + row.second + "\n");
    EXPECT_EQ(run.refusal(), "timewait: " + run.path("records.jsonl:2: ") + row.text + "\n");
  }
}

TEST(BadInput, InRunJsonIsToldWithThePlace) {
  const DamagedRun run;
  run.write("run.json", "{\n  \"kernel\": \n");
  EXPECT_EQ(run.refusal(), "timewait: " + run.path("run.json") +
                               ": this is no run.json: its JSON ends in the middle\n");
  run.write("run.json", "{\"kernel\": 6}");
  EXPECT_EQ(run.refusal(),
            "timewait: " + run.path("run.json") + ": this is no run.json: kernel: 6 is no text\n");
}

}  // namespace
}  // namespace timewait
