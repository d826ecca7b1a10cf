// What timewait says on a machine that has too little of something: never a wrong verdict, always a
// sentence that says what is missing. All of it through the real program.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>
#include <csignal>

#include <filesystem>
#include <fstream>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"
#include "harness/kernel/user_namespace_probe.h"

namespace timewait {
namespace {

using testing::AnyOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr int kClosedPipe = 128 + SIGPIPE;
constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

constexpr const char* kCells = "server-closes-first";

CommandResult run_in_shell(const std::string& script) { return run_command({"sh", "-c", script}); }

/// `timewait run` of some cells under the limits of prlimit.
CommandResult run_with(const std::string& limits, const std::string& arguments = "--no-out") {
  return run_in_shell("exec prlimit " + limits + " " + timewait_path() + " run " + kCells + " " +
                      arguments);
}

/// True when a run told the truth: all passed, or it says that it could not know.
void expect_honest(const CommandResult& result, const std::string& what) {
  EXPECT_THAT(result.end.number, AnyOf(0, kCannotRunHere, kBroken))
      << what << "\n"
      << result.output << result.errors;
  EXPECT_THAT(result.output, Not(ContainsRegex("[0-9] (fail|inconclusive)"))) << what;
  if (result.end.number != 0) {
    EXPECT_THAT(result.output + result.errors,
                AnyOf(HasSubstr("ulimit"), HasSubstr("Too many open files")))
        << what;
  }
}

TEST(WithoutDescriptors, NeverSaysWhatItDoesNotKnow) {
  for (const int limit : {8, 12, 20, 32, 64, 72, 80}) {
    const std::string limits = fmt::format("--nofile={0}:{0}", limit);
    expect_honest(run_with(limits, "--no-out --jobs 2"), limits);
  }
}

TEST(WithoutDescriptors, SaysHowManyARunNeeds) {
  const auto result = run_with("--nofile=40:40", "--no-out --jobs 2");
  EXPECT_EQ(result.end.number, kCannotRunHere);
  EXPECT_EQ(
      result.errors,
      "timewait: cannot run here: this process may have 40 files open, 2 cells at a time need "
      "72; raise `ulimit -Hn`, or run fewer with --jobs\n");
}

TEST(WithoutDescriptors, RunsWhereThereAreJustEnough) {
  const auto result = run_with("--nofile=72:72", "--no-out --jobs 2");
  EXPECT_EQ(result.end.number, 0) << result.output;
}

TEST(WithoutProcesses, NeverSaysWhatItDoesNotKnow) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may have any number of processes";
  for (const int limit : {2, 10, 20}) {
    const std::string limits = fmt::format("--nproc={0}:{0}", limit);
    expect_honest(run_with(limits), limits);
  }
}

TEST(WithoutMemory, SaysSo) {
  if (kIsSanitized) GTEST_SKIP() << "the address sanitizer needs terabytes of address space";
  for (const int mebibytes : {16, 20, 24, 28, 32}) {
    const std::string limit = std::to_string(mebibytes * 1024 * 1024);
    const auto result = run_with("--as=" + limit);
    EXPECT_THAT(result.end.number, AnyOf(0, kCannotRunHere, kBroken, 127)) << mebibytes;
    EXPECT_THAT(result.output, Not(ContainsRegex("[0-9] (fail|inconclusive)")));
    EXPECT_FALSE(result.end.number != 0 && result.output.empty() && result.errors.empty());
  }
}

/// The files in a folder.
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder))
    names.push_back(file.path().filename().string());
  return names;
}

TEST(WithoutDisk, EndsWithASentenceAndKeepsWholeRecords) {
  const TemporaryFolder folder;
  const std::string out = folder.path() + "/out";
  const auto result = run_with("--fsize=20000", "--out " + out);
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_EQ(result.errors, "timewait: write(" + out +
                               "/records.jsonl): File too large (files may have 20000 bytes; raise "
                               "`ulimit -f`)\n");
  EXPECT_THAT(files_in(out), testing::UnorderedElementsAre("plan.json", "records.jsonl"));
  std::ifstream file(out + "/records.jsonl");
  int records = 0;
  for (std::string line; std::getline(file, line); ++records) {
    EXPECT_THAT(line, testing::StartsWith("{"));
    EXPECT_THAT(line, testing::EndsWith("}"));
  }
  EXPECT_GT(records, 0);
}

TEST(WithoutDisk, LeavesNoHalfPage) {
  const TemporaryFolder folder;
  const auto result = run_with("--fsize=120000", "--no-out --html " + folder.path() + "/page.html");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.errors, HasSubstr("cannot write the page: write("));
  EXPECT_THAT(files_in(folder.path()), IsEmpty());
}

TEST(WithoutDisk, IsToldOfACapture) {
  const TemporaryFolder folder;
  const auto result = run_in_shell("exec prlimit --fsize=100 " + timewait_path() +
                                   " run server-closes-first/first=plain,rebind=plain --no-out "
                                   "--evidence none --pcap " +
                                   folder.path() + "/cell.pcapng >/dev/null");
  EXPECT_EQ(result.end.number, kBroken);
  EXPECT_THAT(result.errors, HasSubstr("File too large (files may have 100 bytes"));
}

TEST(WithoutDisk, IsToldOnAFullDevice) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const auto result =
      run_command({"unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
                   "mount -t tmpfs -o size=64k none " + folder.path() + " && " + timewait_path() +
                       " run " + kCells + " --out " + folder.path() + "/out; echo ended with $?"});
  EXPECT_THAT(result.output, HasSubstr("ended with 125"));
  EXPECT_THAT(result.errors,
              HasSubstr("records.jsonl): No space left on device (make room, or name another"));
}

TEST(WithoutDisk, RefusesAFolderThatCannotBeWrittenTo) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  const TemporaryFolder folder;
  const auto result =
      run_command({"unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
                   "mount -t tmpfs -o ro none " + folder.path() + " && exec " + timewait_path() +
                       " run " + kCells + " --out " + folder.path()});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.errors,
              HasSubstr("cannot write to the folder " + folder.path() + ": Read-only file system"));
}

TEST(WithoutAReader, NeverLooksLikeSuccess) {
  const std::string cell = " run server-closes-first/first=plain,rebind=plain --no-out";
  const struct {
    const char* arguments;
    const char* error;
  } rows[] = {{" >/dev/full", "No space left on device"},
              {" --format json >/dev/full", "No space left on device"},
              {" --trace >/dev/full", "No space left on device"},
              {" >&-", "Bad file descriptor"},
              {" --format json >&-", "Bad file descriptor"}};
  for (const auto& row : rows) {
    const auto result = run_in_shell(timewait_path() + cell + row.arguments);
    EXPECT_EQ(result.end.number, kBroken) << row.arguments;
    EXPECT_THAT(result.errors, HasSubstr(row.error)) << row.arguments;
  }
}

TEST(WithoutAReader, EndsAsByTheSignalOfAClosedPipe) {
  // The reader has gone before there is anything to read.
  const auto result = run_command(
      {"bash", "-c", "exec 3> >(:); wait $!; " + timewait_path() + " list >&3; exit $?"});
  EXPECT_EQ(result.end.number, kClosedPipe);
  EXPECT_EQ(result.errors, "");
}

TEST(WithoutAReader, EndsWithTheSameCodeWhereNobodyReadsErrors) {
  for (const std::string place : {"2>/dev/full", "2>&-"})
    EXPECT_EQ(run_in_shell(timewait_path() + " run no-such-scenario --no-out " + place).end.number,
              kBadUsage)
        << place;
}

TEST(WithoutPorts, NamesTheCallThatGotNone) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml",
      "title = \"A\"\nteaches = \"N\"\nfrom = [\"ours\"]\nexpect = \"bind:EADDRINUSE\"\n"
      "script = \"\"\"\nsysctl net.ipv4.ip_local_port_range = 40000 40000\n"
      "server runs chat_server\nfirst runs chat_client\nsecond runs chat_client\n"
      "precondition server 2 ESTABLISHED, LISTEN\nrebind with plain\n\"\"\"\n");
  const auto result = run_timewait({"run", file, "--no-out", "--step-timeout", "0.5"});
  EXPECT_EQ(result.end.number, kBroken) << result.output;
  EXPECT_THAT(result.output, HasSubstr("second ended and no step says so: exit 25 (connect: Cannot "
                                       "assign requested address)"));
}

}  // namespace
}  // namespace timewait
