#include "timewait/timewait.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "harness/base/temporary_folder.h"

namespace timewait {
namespace {

using testing::HasSubstr;

/// A scenario of one cell in which a server is killed; what is expected, and in which state.
std::string killed_server(const std::string& expected, const std::string& state) {
  return "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"" + expected +
         "\"\nscript = \"\"\"\nserver runs message_server\nserver gets SIGKILL\n"
         "server dies of SIGKILL\nprecondition server " +
         state + "\nrebind\n\"\"\"\n";
}

/// A program that says something on standard error and ends so.
Options program_that(const TemporaryFolder& folder, const std::string& does) {
  const std::string path = folder.write("program", "#!/bin/sh\n" + does + "\n");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return {.program = path, .arguments = {}};
}

std::string error_of(const std::string& text, const Options& options = {}) {
  try {
    run_text(text, options);
  } catch (const RunError& error) {
    return error.what();
  }
  return "no error";
}

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
}

TEST(Library, TellsWhatWasSeenAndWhatCameOfIt) try {
  const auto results = run("server-closes-first/first=plain,rebind=reuseaddr");
  ASSERT_EQ(results.size(), 1U);
  const Result& result = results.front();
  EXPECT_EQ(result.scenario, "server-closes-first");
  EXPECT_THAT(result.cell, testing::ElementsAre(testing::Pair("first", "plain"),
                                                testing::Pair("rebind", "reuseaddr")));
  EXPECT_EQ(name_of(result.verdict), "pass") << result.reason;
  EXPECT_EQ(result.outcome, "bind:EADDRINUSE");
  EXPECT_EQ(result.expected, result.outcome);
  EXPECT_EQ(result.predicted, result.outcome);
  EXPECT_EQ(result.state_of("server"), "TIME_WAIT");
  EXPECT_EQ(result.state_of("nobody"), "");
  ASSERT_EQ(result.sockets.size(), 1U);
  EXPECT_EQ(result.sockets[0].local, "127.0.0.1:12000");
  EXPECT_THAT(result.record, HasSubstr("timewait.record/1"));
} catch (const NoSandbox& reason) {
  GTEST_SKIP() << reason.what();
}

TEST(Library, GivesWhatDoesNotPassAsAResultWithItsReason) try {
  const auto failed = run_text(killed_server("bind:EADDRINUSE", "nothing"));
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].verdict, Verdict::fail);
  EXPECT_EQ(failed[0].outcome, "bound");
  EXPECT_NE(failed[0].reason, "");
  const auto unseen =
      run_text(killed_server("bound", "TIME_WAIT"),
               {.program = TIMEWAIT_PROGRAM, .arguments = {"--step-timeout", "0.2"}});
  ASSERT_EQ(unseen.size(), 1U);
  EXPECT_EQ(unseen[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(unseen[0].state_of("server"), "nothing");
} catch (const NoSandbox& reason) {
  GTEST_SKIP() << reason.what();
}

TEST(Library, NamesThePlaceOfAMistake) {
  EXPECT_EQ(error_of("title = 1\n").substr(0, 14), "scenario.toml:");
  EXPECT_THAT(error_of("title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\n"
                       "script = \"\"\"\nserver rnus message_server\n\"\"\"\n"),
              testing::StartsWith("scenario.toml:6:8: unknown verb \"rnus\""));
  EXPECT_THROW(run("server-close-first"), RunError);
}

TEST(Library, TellsAMachineWithoutSandboxFromAProgramThatBreaks) {
  const TemporaryFolder folder;
  EXPECT_THROW(run("x", program_that(folder, "echo 'timewait: cannot run here: no' >&2; exit 77")),
               NoSandbox);
  EXPECT_EQ(error_of("", program_that(folder, "kill -9 $$")),
            folder.path() + "/program ended with 137");
  EXPECT_THAT(error_of("", program_that(folder, "echo '{'")), HasSubstr("cannot read"));
  EXPECT_EQ(error_of("", {.program = "/nowhere/timewait", .arguments = {}}),
            "cannot start /nowhere/timewait: No such file or directory");
}

TEST(Library, MayBeUsedFromThreadsAndKeepsNothingOpen) try {
  const auto before = open_descriptors();
  const std::string text = killed_server("bound", "nothing");
  auto other = std::async(std::launch::async, [&] { return run_text(text); });
  const auto mine = run_text(text);
  const auto its = other.get();
  EXPECT_EQ(mine.at(0).verdict, Verdict::pass) << mine.at(0).reason;
  EXPECT_EQ(its.at(0).verdict, Verdict::pass) << its.at(0).reason;
  EXPECT_EQ(error_of("", {.program = "/nowhere/timewait", .arguments = {}}).substr(0, 12),
            "cannot start");
  EXPECT_EQ(open_descriptors(), before);
} catch (const NoSandbox& reason) {
  GTEST_SKIP() << reason.what();
}

}  // namespace
}  // namespace timewait
