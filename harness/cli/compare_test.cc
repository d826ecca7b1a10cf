// `timewait compare` on runs of the real program and on references changed by hand, and the script
// that compares with the reference of the running kernel.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/kernel/release.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kCells[] = {"server-closes-first/first=plain,rebind=plain",
                                  "server-closes-first/first=plain,rebind=reuseaddr"};

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// `text` with the first `old` in it replaced.
std::string replaced(std::string text, const std::string& old, const std::string& by) {
  const auto place = text.find(old);
  EXPECT_NE(place, std::string::npos) << old << " is not in " << text;
  return place == std::string::npos ? text : text.replace(place, old.size(), by);
}

/// What a comparison says about the cells: all but the two lines about the runs.
std::string cells_of(const CommandResult& result) {
  const auto begin = result.output.find("\n\n");
  EXPECT_NE(begin, std::string::npos) << result.output << result.errors;
  return begin == std::string::npos ? "" : result.output.substr(begin + 2);
}

/// A run of two cells and its reference.
class CompareCommand : public testing::Test {
 protected:
  CompareCommand() {
    run_timewait({"run", kCells[0], kCells[1], "--evidence", "none", "--out", run()});
    reference_ = run_timewait({"report", run(), "--format", "reference"}).output;
    folder_.write("reference/reference.jsonl", reference_);
    folder_.write("reference/facts.json",
                  run_timewait({"report", run(), "--format", "facts"}).output);
  }

  std::string run() const { return folder_.path() + "/run"; }
  std::string reference() const { return folder_.path() + "/reference"; }

  /// Compares the reference with one in which `old` was replaced.
  CommandResult compare_changed(const std::string& old, const std::string& by) const {
    return run_timewait(
        {"compare", reference(), folder_.write("changed.jsonl", replaced(reference_, old, by))});
  }

  const TemporaryFolder folder_;
  std::string reference_;
};

TEST_F(CompareCommand, SaysThatARunIsAsItsReference) {
  const auto result = run_timewait({"compare", reference(), run()});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  const std::string on = ": Linux " + kernel_release() + ", ";
  EXPECT_THAT(result.output, StartsWith("A: " + reference() + on));
  EXPECT_THAT(result.output, HasSubstr("\nB: " + run() + on));
  EXPECT_EQ(cells_of(result), "2 cells, no change\n");
}

TEST_F(CompareCommand, TakesTheFileOfAReference) {
  const std::string file = folder_.write("alone/some.jsonl", reference_);
  const auto result = run_timewait({"compare", file, run()});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, StartsWith("A: " + file + ": not known what it ran on\n"));
}

TEST_F(CompareCommand, FindsAChangedOutcome) {
  const auto result = compare_changed(R"("outcome":"bind:EADDRINUSE")", R"("outcome":"bound")");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(cells_of(result),
              StartsWith("changed: 1 cell\n  server-closes-first/first=plain,rebind=plain\n"
                         "    outcome: bind:EADDRINUSE → bound\n"));
}

TEST_F(CompareCommand, FindsAChangedVerdict) {
  const auto result = compare_changed(R"("verdict":"pass")", R"("verdict":"inconclusive")");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_EQ(cells_of(result),
            "changed: 1 cell\n  server-closes-first/first=plain,rebind=plain\n"
            "    verdict: pass → inconclusive\n\n2 cells: 1 changed\n");
}

TEST_F(CompareCommand, FindsChangedStates) {
  const auto result = compare_changed("tcp TIME_WAIT", "tcp FIN_WAIT2");
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_EQ(cells_of(result),
            "changed: 1 cell\n  server-closes-first/first=plain,rebind=plain\n"
            "    states: tcp TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:* → tcp FIN_WAIT2 "
            "127.0.0.1:12000 -> 127.0.0.1:*\n\n2 cells: 1 changed\n");
}

TEST_F(CompareCommand, FindsANewAndAMissingCell) {
  const std::string first_line = reference_.substr(0, reference_.find('\n') + 1);
  const std::string one = folder_.write("one.jsonl", first_line);
  const std::string name = "  server-closes-first/first=plain,rebind=reuseaddr\n\n";
  const auto added = run_timewait({"compare", one, run()});
  EXPECT_EQ(added.end.number, kFail);
  EXPECT_EQ(cells_of(added), "new: 1 cell\n" + name + "2 cells: 1 new\n");
  const auto missing = run_timewait({"compare", run(), one});
  EXPECT_EQ(missing.end.number, kFail);
  EXPECT_EQ(cells_of(missing), "missing: 1 cell\n" + name + "2 cells: 1 missing\n");
  const auto subset = run_timewait({"compare", run(), one, "--subset"});
  EXPECT_EQ(subset.end.number, 0);
  EXPECT_EQ(cells_of(subset), "1 cell, no change; 1 cell of A did not run in B\n");
}

TEST_F(CompareCommand, JudgesTheRecordsOfARunAnew) {
  std::string records = text_of(run() + "/records.jsonl");
  folder_.write("run/records.jsonl",
                replaced(records, R"("seen":"TIME_WAIT")", R"("seen":"nothing")"));
  const auto result = run_timewait({"compare", reference(), run()});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(cells_of(result), HasSubstr("\n    verdict: pass → error\n"));
  EXPECT_THAT(cells_of(result), HasSubstr("; server TIME_WAIT → client nothing; server nothing\n"));
}

TEST_F(CompareCommand, NamesCellsWhoseRunsVary) {
  const std::string twice = folder_.path() + "/twice";
  run_timewait({"run", kCells[0], "--repeat", "2", "--evidence", "none", "--out", twice});
  EXPECT_EQ(cells_of(run_timewait({"compare", reference(), twice, "--subset"})),
            "1 cell, no change; 1 cell of A did not run in B\n");
  folder_.write("twice/records.jsonl", replaced(text_of(twice + "/records.jsonl"),
                                                R"("verdict":"pass")", R"("verdict":"fail")"));
  const auto result = run_timewait({"compare", reference(), twice, "--subset"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_EQ(cells_of(result),
            "changed: 1 cell\n  server-closes-first/first=plain,rebind=plain\n"
            "    verdict: pass → error or pass\n\n"
            "not the same in every run: 1 cell\n"
            "  server-closes-first/first=plain,rebind=plain in B\n    verdict: error or pass\n\n"
            "1 cell: 1 changed; 1 cell of A did not run in B\n");
}

TEST_F(CompareCommand, PrintsMarkdownAndJson) {
  const auto markdown = run_timewait({"compare", reference(), run(), "--format", "markdown"});
  EXPECT_EQ(markdown.end.number, 0);
  EXPECT_THAT(markdown.output,
              StartsWith("**2 cells, no change**\n\n- A: `" + reference() + "` ("));
  const auto json = run_timewait({"compare", reference(), run(), "--format", "json"});
  EXPECT_EQ(nlohmann::json::parse(json.output)["differs"], false);
}

TEST_F(CompareCommand, RefusesWhatCannotBeComparedWithExitCode2) {
  const std::string first_line = reference_.substr(0, reference_.find('\n') + 1);
  const std::string nothing = folder_.write("nothing.jsonl", "");
  const std::string broken = folder_.write("broken.jsonl", first_line + "{\n");
  const std::string twice = folder_.write("twice.jsonl", first_line + first_line);
  const std::string other = folder_.write("other.jsonl", R"({"schema":"timewait.record/1"})");
  std::filesystem::create_directories(folder_.path() + "/empty");
  const std::string cut = folder_.path() + "/cut";
  std::filesystem::copy(run(), cut);
  folder_.write("cut/records.jsonl", record_lines(run()).at(0) + "\n");
  struct Row {
    std::string second;
    std::string text;
  };
  const Row rows[] = {
      {folder_.path() + "/nowhere",
       "cannot read " + folder_.path() + "/nowhere: there is no such file or folder\n"},
      {folder_.path() + "/empty",
       folder_.path() + "/empty has neither records.jsonl nor reference.jsonl; name a folder that "
                        "`timewait run --out` wrote, or a reference\n"},
      {broken, broken + ":2: this is no line of a reference: "},
      {twice, twice + ":2: server-closes-first/first=plain,rebind=plain is there twice\n"},
      {other, other + ":1: a line of a reference has the schema \"timewait.record/1\", not "
                      "timewait.reference/1\n"},
      {cut,
       cut + "/records.jsonl has 1 records, but run.json speaks of 2: the run was cut short\n"},
      {nothing, "there is nothing to compare in " + reference() + " and " + nothing +
                    ": no cell of the second ran\n"},
  };
  for (const Row& row : rows) {
    const auto result = run_timewait({"compare", reference(), row.second, "--subset"});
    EXPECT_EQ(result.end.number, kBadUsage) << row.second;
    EXPECT_THAT(result.errors, StartsWith("timewait: " + row.text));
  }
}

/// The script that ctest runs, on a folder of references of its own.
class ReferenceTest : public CompareCommand {
 protected:
  ReferenceTest() {
    const KernelVersion version = kernel_version();
    version_ = std::to_string(version.major) + "." + std::to_string(version.minor);
  }

  CommandResult compare_with(const std::string& reference) const {
    folder_.write("results/linux-" + version_ + "/reference.jsonl", reference);
    return compare();
  }

  CommandResult compare() const {
    return run_command({std::string(TIMEWAIT_SOURCE_DIR) + "/scripts/compare-reference",
                        timewait_path(), folder_.path() + "/results", kCells[0], kCells[1]});
  }

  std::string version_;
};

TEST_F(ReferenceTest, SaysWithWhatItComparedTheRunningKernel) {
  const auto result = compare_with(reference_);
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output,
              StartsWith("compared with " + folder_.path() + "/results/linux-" + version_ + "\n"));
  EXPECT_THAT(result.output, HasSubstr("\n2 cells, no change\n"));
}

TEST_F(ReferenceTest, FailsWhereTheKernelDoesOtherwise) {
  const auto result =
      compare_with(replaced(reference_, R"("outcome":"bind:EADDRINUSE")", R"("outcome":"bound")"));
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("\n2 cells: 1 changed\nif this is what Linux " + version_ +
                                       " should do, scripts/reference makes it the reference\n"));
}

TEST_F(ReferenceTest, IsSkippedWhereThereIsNoReference) {
  const auto result = compare();
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_EQ(result.output, "there is no reference of Linux " + version_ + " in " + folder_.path() +
                               "/results/: nothing compared\n");
}

}  // namespace
}  // namespace timewait
