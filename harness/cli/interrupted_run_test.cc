// What becomes of a run that somebody stops: Ctrl+C, SIGTERM, a closed terminal.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/ioctl.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/cli/test_gated_run.h"

namespace timewait {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr int kPipeSize = 4096;

/// As a process does that wants to hear of them.
bool holds_back_interrupts(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("SigBlk:"))
      return (std::stoull(line.substr(line.find('\t')), nullptr, 16) & (1U << (SIGINT - 1))) != 0;
  return false;
}

class Interrupted : public GatedRun {
 protected:
  std::string how_to_go_on() const {
    return "timewait: interrupted after 5 of 7 cells; to go on: timewait run --resume " + out() +
           "\n";
  }
};

TEST_F(Interrupted, ByEachSignalPrintsWhatIsDoneAndHowToGoOn) {
  struct Row {
    int signal;
    int status;
  };
  for (const Row& row : {Row{SIGINT, 130}, Row{SIGTERM, 143}, Row{SIGHUP, 129}}) {
    const auto result = interrupted(row.signal);
    EXPECT_EQ(result.end, (ExitState{.number = row.status})) << result.end.text();
    EXPECT_EQ(result.errors, how_to_go_on());
    EXPECT_THAT(result.output, HasSubstr("\n5 cells: "));
    EXPECT_THAT(result.output, HasSubstr("\nnot the whole run, only 5 of its 7 cells\n"));
    EXPECT_THAT(result.output, Not(HasSubstr("gated")));
    EXPECT_EQ(record_lines(out()).size(), kBeforeTheGate);
    EXPECT_FALSE(std::filesystem::exists(out() + "/run.json"));
    std::filesystem::remove_all(out());
  }
}

TEST_F(Interrupted, WithoutAFolderSaysNoMoreThanWhatWasNotRun) {
  RunningCommand run = begin({"--no-out"});
  const UniqueFd gate = come_to_the_gate_without_records(run);
  run.process().signal(SIGINT);
  const auto result = run.result();
  EXPECT_EQ(result.end.number, 130);
  EXPECT_THAT(result.errors,
              testing::MatchesRegex("timewait: interrupted after [0-9] of 7 cells; [0-9] were not "
                                    "run\n"));
}

TEST_F(Interrupted, IsWellFormedJson) {
  const auto run = nlohmann::json::parse(interrupted(SIGINT, {"--format", "json"}).output);
  EXPECT_EQ(run["records"].size(), kBeforeTheGate);
  EXPECT_EQ(run["run"]["cells"], kBeforeTheGate);
  EXPECT_EQ(run["run"]["not_run"], kCells - kBeforeTheGate);
}

TEST_F(Interrupted, IsWellFormedXml) {
  const auto result = interrupted(SIGTERM, {"--format", "junit"});
  folder_.write("report.xml", result.output);
  const std::string schema = std::string(TIMEWAIT_SOURCE_DIR) + "/harness/export/junit.xsd";
  const auto lint = run_command({"xmllint", "--noout", "--schema", schema, path("report.xml")});
  EXPECT_EQ(lint.end.number, 0) << lint.errors;
  EXPECT_THAT(result.output, HasSubstr("tests=\"5\""));
}

TEST_F(Interrupted, IsNoSuccessInTap) {
  const auto result = interrupted(SIGINT, {"--format", "tap"});
  EXPECT_THAT(result.output, StartsWith("TAP version 13\n1..7\n"));
  EXPECT_THAT(result.output,
              EndsWith("\nBail out!  The run was interrupted: 2 tests are missing\n"));
}

TEST_F(Interrupted, TwiceEndsAtOnce) {
  RunningCommand run = begin({"--format", "json", "--evidence", "full"});
  ASSERT_EQ(::fcntl(run.process().output().get(), F_SETPIPE_SZ, kPipeSize), kPipeSize);
  come_to_the_gate(run);
  run.process().signal(SIGINT);
  // It prints, and nobody reads.
  run.wait_until([&] {
    int size = 0;
    return ::ioctl(run.process().output().get(), FIONREAD, &size) == 0 && size == kPipeSize;
  });
  ASSERT_FALSE(run.process().exit_state());
  run.process().signal(SIGINT);
  run.wait_until([] { return false; });
  EXPECT_EQ(run.process().exit_state(),
            (ExitState{.how = ExitState::How::killed, .number = SIGINT}));
  EXPECT_EQ(record_lines(out()).size(), kBeforeTheGate);
}

TEST_F(Interrupted, WhereNobodyReadsKeepsItsRecordsAndItsStatus) {
  RunningCommand run = begin();
  come_to_the_gate(run);
  run.process().output().reset();
  run.process().errors().reset();
  run.process().signal(SIGHUP);
  EXPECT_EQ(run.result().end, (ExitState{.number = 129}));
  open_gate();
  EXPECT_EQ(resume().end.number, 0);
  EXPECT_EQ(record_lines(out()).size(), kCells);
}

TEST_F(Interrupted, CanBeReadAsAPartOfARun) {
  interrupted(SIGINT);
  const std::string part =
      "timewait: " + out() +
      " has 5 of the 7 cells of its run; to run the others: timewait run --resume " + out() + "\n";
  const auto report = run_timewait({"report", out()});
  EXPECT_EQ(report.end.number, kInconclusive);
  EXPECT_THAT(report.output, HasSubstr("\nnot the whole run, only 5 of its 7 cells\n"));
  EXPECT_EQ(report.errors, part);
  const auto markdown = run_timewait({"report", out(), "--format", "markdown"});
  EXPECT_THAT(markdown.output, HasSubstr("not the whole run, only 5 of its 7 cells"));
  const auto claims = run_timewait({"claims", out()});
  EXPECT_EQ(claims.errors, part);
  const auto compare = run_timewait({"compare", whole_run(), out(), "--subset"});
  EXPECT_EQ(compare.end.number, 0) << compare.output;
  EXPECT_EQ(compare.errors, part);
  EXPECT_EQ(run_timewait({"compare", path("whole"), out()}).end.number, 1);
}

TEST_F(Interrupted, IsMergedOnlyWhenThatIsMeant) {
  interrupted(SIGINT);
  const auto refused = run_timewait({"merge", out(), "--out", path("all")});
  EXPECT_EQ(refused.end.number, kBadUsage);
  EXPECT_THAT(refused.errors,
              EndsWith("timewait: " + out() +
                       " is not a whole run: 2 of its cells did not run; run them with "
                       "`timewait run --resume`, or say --partial\n"));
  const auto merged = run_timewait({"merge", out(), "--out", path("all"), "--partial"});
  EXPECT_EQ(merged.end.number, 0) << merged.errors;
  const auto report = run_timewait({"report", path("all")});
  EXPECT_EQ(report.end.number, kInconclusive);
  EXPECT_THAT(report.output, HasSubstr("\nnot the whole run, only 5 of its 7 cells\n"));
}

TEST_F(Interrupted, HasNoRecordOfACellThatWasCutOff) {
  interrupted(SIGTERM);
  for (const std::string& line : record_lines(out()))
    EXPECT_EQ(nlohmann::json::parse(line)["scenario"], "quick");
}

TEST(InterruptedExploration, PrintsWhatItFound) {
  RunningCommand run({timewait_path(), "explore", "--count", "100000000", "--jobs", "1"});
  run.wait_until([&] { return holds_back_interrupts(run.process().pid()); });
  run.process().signal(SIGINT);
  const auto result = run.result();
  if (result.end.number == kCannotRunHere) GTEST_SKIP() << result.errors;
  EXPECT_EQ(result.end, (ExitState{.number = 130})) << result.end.text();
  EXPECT_THAT(result.errors,
              testing::MatchesRegex("timewait: interrupted after [0-9]+ of 100000000 scripts\n"));
}

}  // namespace
}  // namespace timewait
