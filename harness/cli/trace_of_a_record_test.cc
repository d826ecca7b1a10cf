// timewait trace: a cell whose record was kept is drawn again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder with the record of the cell that waits in TIME_WAIT.
class KeptCell {
 public:
  explicit KeptCell(const std::string& evidence) {
    const auto result =
        run_timewait({"run", kTimeWaitCell, "--evidence", evidence, "--out", folder_.path()});
    EXPECT_EQ(result.end.number, 0) << result.errors;
  }

  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  const std::string& folder() const { return folder_.path(); }

  CommandResult trace(const std::vector<std::string>& options = {}) const {
    std::vector<std::string> arguments = {"trace", folder_.path(), kTimeWaitCell};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run_timewait(arguments);
  }

 private:
  TemporaryFolder folder_;
};

TEST(TraceOfARecord, IsWhatTheRunHasDrawn) {
  for (const char* format : {"text", "mermaid", "json"}) {
    SCOPED_TRACE(format);
    const TemporaryFolder folder;
    const auto drawn =
        run_timewait({"run", kTimeWaitCell, "--out", folder.path(), "--trace", "--format", format});
    const auto again = run_timewait({"trace", folder.path(), kTimeWaitCell, "--format", format});
    EXPECT_EQ(again.end.number, 0) << again.errors;
    EXPECT_NE(again.output, "");
    EXPECT_EQ(again.output, drawn.output);
  }
}

TEST(TraceOfARecord, PrintsTheLineThatWasKept) {
  const KeptCell kept("full");
  ASSERT_EQ(record_lines(kept.folder()).size(), 1u);
  EXPECT_EQ(kept.trace({"--format", "json"}).output, record_lines(kept.folder())[0] + "\n");
}

TEST(TraceOfARecord, WritesTheCaptureFileThatTheRunHasWritten) {
  const TemporaryFolder folder;
  const std::string from_run = folder.path() + "/run.pcapng";
  const std::string from_record = folder.path() + "/record.pcapng";
  ASSERT_EQ(
      run_timewait({"run", kTimeWaitCell, "--out", folder.path(), "--pcap", from_run}).end.number,
      0);
  const auto result = run_timewait({"trace", folder.path(), kTimeWaitCell, "--pcap", from_record});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, StartsWith(kTimeWaitCell)) << "it is drawn as well";
  EXPECT_NE(read(from_record), "");
  EXPECT_EQ(read(from_record), read(from_run));
}

TEST(TraceOfARecord, TakesTheFirstCellOfAScenario) {
  const TemporaryFolder folder;
  run_timewait({"run", "server-closes-first", "--out", folder.path()});
  EXPECT_THAT(run_timewait({"trace", folder.path(), "server-closes-first"}).output,
              StartsWith(kTimeWaitCell));
  const std::string other = "server-closes-first/first=both,rebind=reuseport";
  EXPECT_THAT(run_timewait({"trace", folder.path(), other}).output, StartsWith(other));
}

TEST(TraceOfARecord, RefusesWhatIsNotThere) {
  const KeptCell kept("full");
  const struct {
    std::string folder;
    std::string name;
    std::string text;
  } rows[] = {
      {kept.folder(), "server-closes-first/first=both,rebind=plain",
       kept.path("records.jsonl has no record of server-closes-first/first=both,rebind=plain")},
      {kept.folder(), "no-such-scenario",
       kept.path("records.jsonl has no record of no-such-scenario")},
      {kept.path("nowhere"), kTimeWaitCell,
       "cannot read " + kept.path("nowhere/records.jsonl: No such file or directory; name a folder "
                                  "that `timewait run --out` wrote")},
  };
  for (const auto& row : rows) {
    const auto result = run_timewait({"trace", row.folder, row.name});
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_EQ(result.errors, "timewait: " + row.text + "\n");
    EXPECT_EQ(result.output, "");
  }
}

TEST(TraceOfARecord, SaysThatARecordWasKeptWithoutItsEvidence) {
  const KeptCell kept("failed");
  const auto result = kept.trace();
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("kept without its evidence: no segments, no processes; run "
                                       "with --evidence full\n"));
  EXPECT_THAT(result.output, Not(HasSubstr("SYN")));
  EXPECT_THAT(result.output, HasSubstr("held by TIME_WAIT 127.0.0.1:12000 -> "));
}

TEST(TraceOfARecord, WritesNoCaptureFileWithoutSegments) {
  const KeptCell kept("failed");
  const auto result = kept.trace({"--pcap", kept.path("cell.pcapng")});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors,
            "timewait: the record of server-closes-first/first=plain,rebind=plain holds no "
            "segments; run it with --evidence full\n");
  EXPECT_FALSE(std::filesystem::exists(kept.path("cell.pcapng")));
}

TEST(TraceOfARecord, SaysThatACaptureFileCannotBeWritten) {
  const KeptCell kept("full");
  const auto result = kept.trace({"--pcap", "/nowhere/cell.pcapng"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors,
            "timewait: cannot write /nowhere/cell.pcapng: No such file or directory\n");
}

TEST(TraceOfARecord, EndsWithTheExitCodeOfItsVerdict) {
  const TemporaryFolder folder;
  const auto file =
      folder.write("wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
  EXPECT_EQ(run_timewait({"run", file, "--out", folder.path()}).end.number, kFail);
  const auto result = run_timewait({"trace", folder.path(), "wrong"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr(" fail: expected bind:EADDRINUSE, got bound\n"));
}

}  // namespace
}  // namespace timewait
