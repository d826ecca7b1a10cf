// What somebody else's scenario cannot do: run a shell by the way, pass as one of our programs,
// steer the terminal. All of it through the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"
#include "harness/process/child_process.h"
#include "harness/run/record_store.h"

namespace timewait {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string scenario(const std::string& script, const std::string& title = "A test") {
  return "title = \"" + title +
         "\"\nteaches = \"Nothing.\"\nfrom = [\"ours\"]\nexpect = \"bind:EADDRINUSE\"\n"
         "script = \"\"\"\n" +
         script + "precondition server LISTEN\nrebind with plain\n\"\"\"\n";
}

TEST(ForeignScenario, RunsNoShellByTheWay) {
  const TemporaryFolder folder;
  const std::string x = folder.path() + "/x";
  const std::string words = ";touch " + x + " `touch " + x + "` &touch " + x + " | >" + x;
  const std::string file =
      folder.write("test.toml", scenario("client runs echo " + words + "\nclient prints " + words +
                                         "\nserver runs message_server\n"));
  const auto result = run_timewait({"run", file, "--no-out"});
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_FALSE(fs::exists(x));
}

TEST(ForeignScenario, IsSkippedWithoutForeignPrograms) {
  const TemporaryFolder folder;
  const std::string ours = folder.write("ours.toml", scenario("server runs message_server\n"));
  for (const std::string program :
       {"true", "/bin/true", "../../bin/true", "./message_server", "message_server/../peer"}) {
    const std::string file =
        folder.write("theirs.toml",
                     scenario("server runs " + program + "\nserver listens on 127.0.0.1:12000\n"));
    const auto result =
        run_timewait({"run", file, ours, "--no-out", "--no-foreign", "--format", "csv"});
    EXPECT_THAT(result.output, HasSubstr("theirs,-,skip,"));
    EXPECT_THAT(result.output, HasSubstr("server would run " + program +
                                         ", which is no program of timewait: refused by "
                                         "--no-foreign"));
    EXPECT_THAT(result.output, HasSubstr("ours,-,pass,"));
    EXPECT_EQ(run_timewait({"run", file, "--no-out", "--no-foreign"}).end.number, kCannotRunHere);
  }
}

TEST(ForeignScenario, CannotNameAProgramWithWhatIsNoText) {
  const TemporaryFolder folder;
  for (const std::string escape : {"\\u0000", "\\n", "\\\\"}) {
    const std::string file =
        folder.write("test.toml", scenario("server runs message_server" + escape + "x\n"));
    const auto result = run_timewait({"run", file, "--no-out"});
    EXPECT_EQ(result.end.number, kBadUsage) << escape;
    EXPECT_THAT(result.errors, HasSubstr("test.toml:6:27: ")) << escape;
  }
}

/// A program that clears the screen, sets the title and asks the terminal to type for it.
constexpr const char* kSteering =
    "#!/bin/sh\n"
    "printf '\\033[2J\\033]0;mine\\007\\033[6n\\302\\2332J\\2332J' | tee /dev/stderr\n"
    "exit 7\n";

TEST(ForeignScenario, CannotSteerTheTerminal) {
  const TemporaryFolder folder;
  const std::string program = folder.write("steers", kSteering);
  fs::permissions(program, fs::perms::owner_all);
  const std::string file =
      folder.write("test.toml", scenario("server runs " + program +
                                             " \u009b2J\nserver exits\n"
                                             "server listens on 127.0.0.1:12000\n",
                                         "A \\u001b[2J\\u009b2J\\u0007title"));
  const std::string out = folder.path() + "/out";
  run_timewait({"run", file, "--out", out});
  const std::vector<std::vector<std::string>> commands = {
      {"run", file, "--no-out"},
      {"run", file, "--no-out", "--verbose"},
      {"run", file, "--no-out", "--step"},
      {"run", file, "--no-out", "--trace"},
      {"run", file, "--no-out", "--trace", "--format", "mermaid"},
      {"show", file},
      {"explain", file},
      {"report", out},
      {"trace", out, "test"},
      {"report", out, "--format", "markdown"},
      {"report", out, "--format", "csv"},
      {"report", out, "--format", "junit"},
      {"report", out, "--format", "tap"},
      {"claims", out},
      {"compare", out, out},
      {"run", file + "\x1b[2J.toml"}};
  for (const auto& command : commands) {
    const auto result = run_timewait(command);
    const std::string said = result.output + result.errors;
    EXPECT_NE(said, "") << command.front();
    for (const char* control : {"\x1b", "\x07", "\u009b"})
      EXPECT_THAT(said, Not(HasSubstr(control))) << testing::PrintToString(command);
  }
}

TEST(ForeignScenario, CannotReachTheTerminalThatItWasStartedFrom) {
  if (!find_program("script")) GTEST_SKIP() << "script is not installed";
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "test.toml",
      scenario("client runs cat /dev/tty\nclient exits with 1\nserver runs message_server\n"));
  const auto result =
      run_command({"script", "--quiet", "--return", "--command",
                   timewait_path() + " run " + file + " --no-out --step-timeout 2", "/dev/null"});
  EXPECT_EQ(result.end.number, 0) << result.output;
}

TEST(ForeignScenario, FindsNothingThatRunsWithMoreRightsThanItsUser) {
  std::vector<fs::path> files = {timewait_path()};
  for (const auto& program : fs::directory_iterator(TIMEWAIT_PROGRAMS))
    files.push_back(program.path());
  for (const fs::path& file : files) {
    struct stat status {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & (S_ISUID | S_ISGID), 0U) << file;
  }
}

TEST(ReplacedFile, FollowsNoLinkThatSomebodyPutThere) {
  const TemporaryFolder folder;
  const std::string precious = folder.write("precious", "mine");
  const std::string page = folder.path() + "/page.html";
  fs::create_symlink(precious, page + ".new");
  replace_file(page, "the page");
  EXPECT_FALSE(fs::is_symlink(page));
  EXPECT_EQ(fs::file_size(page), 8U);
  EXPECT_EQ(fs::file_size(precious), 4U);
}

}  // namespace
}  // namespace timewait
