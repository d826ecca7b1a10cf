// What a user types and what comes back: usage, lists, formats, records.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::string read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(CommandLine, RefusesAWrongCallWithExitCode2) {
  struct Row {
    const char* name;
    std::vector<std::string> arguments;
    const char* text;
  };
  const Row rows[] = {
      {"no command", {}, "Usage: timewait"},
      {"unknown command", {"frobnicate"}, "frobnicate"},
      {"unknown option", {"run", "--frobnicate"}, "--frobnicate"},
      {"unknown format", {"run", "--format", "xml"}, "xml not in"},
      {"no jobs", {"run", "--jobs", "0"}, "--jobs"},
      {"no number", {"run", "--step-timeout", "nan", "--no-out"}, "must be a number of seconds"},
      {"unknown scenario", {"run", "server-close-first"}, "did you mean server-closes-first?"},
      {"unknown cell", {"run", "server-closes-first/first=plain"}, "has no cell \"first=plain\""},
      {"unknown tag", {"run", "--tag", "nonsense"}, "no scenario has the tag \"nonsense\""},
      {"tag of none of these",
       {"run", "server-closes-first", "--tag", "slow"},
       "none of these scenarios has the tag \"slow\""},
      {"another file", {"run", "/etc/passwd"}, "/etc/passwd is no scenario file: their names end"},
      {"no such file", {"run", "nowhere.toml"}, "cannot read nowhere.toml: No such file"},
      {"no such folder", {"report", "nowhere"}, "cannot read nowhere/run.json: No such file"},
      {"show without name", {"show"}, "name is required"},
      {"no programs", {"run", "--programs", "/nowhere"}, "no document programs in /nowhere"},
      {"no scenarios", {"list", "--scenarios", "/nowhere"}, "no scenario files (*.toml) below"},
      {"no place for records",
       {"run", "server-closes-first", "--out", "/dev/null/x"},
       "cannot make the folder /dev/null/x"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto result = run_timewait(row.arguments);
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_THAT(result.output + result.errors, HasSubstr(row.text));
  }
}

TEST(CommandLine, KeepsRecordsBelowTheCurrentFolderOrSaysWhatToDo) {
  const TemporaryFolder here;
  const std::string run = "cd " + here.path() + " && " + timewait_path() +
                          " run server-closes-first/first=plain,rebind=plain";
  const auto kept = run_command({"sh", "-c", run});
  EXPECT_EQ(kept.end.number, 0) << kept.errors;
  EXPECT_EQ(lines_of(here.path() + "/results/run/latest/records.jsonl").size(), 1U);
  std::filesystem::remove_all(here.path() + "/results");
  here.write("results", "a file is in the way");
  const auto refused = run_command({"sh", "-c", run});
  EXPECT_EQ(refused.end.number, kBadUsage);
  EXPECT_EQ(refused.errors,
            "timewait: cannot make the folder results/run/latest: Not a directory; name another "
            "folder with --out, or keep no records with --no-out\n");
}

TEST(CommandLine, RefusesAFolderThatIsNotWritableAtOnce) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TemporaryFolder here;
  std::filesystem::permissions(
      here.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const auto refused = run_timewait({"run", "server-closes-first", "--out", here.path()});
  EXPECT_EQ(refused.end.number, kBadUsage);
  EXPECT_THAT(refused.errors, HasSubstr("cannot write to the folder " + here.path() +
                                        ": Permission denied; name another folder with --out"));
}

TEST(CommandLine, ShowsThePlaceOfAMistakeInAScenario) {
  const TemporaryFolder folder;
  const std::string file = folder.write("broken.toml",
                                        "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\n"
                                        "expect = \"bound\"\nscript = \"\"\"\n"
                                        "server rnus message_server\n\"\"\"\n");
  const auto result = run_timewait({"run", file, "--no-out"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.errors, HasSubstr(file + ":6:8: unknown verb \"rnus\""));
  EXPECT_THAT(result.errors, HasSubstr("\n  server rnus message_server\n         ^\n"));
}

TEST(CommandLine, ReadsOnlyTheFileOfAScenarioThatIsNamed) {
  const TemporaryFolder folder;
  folder.write("theme/broken.toml", "title = 1\n");
  folder.write("theme/good.toml",
               "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\n"
               "script = \"\"\"\nserver runs message_server\nprecondition server LISTEN\n"
               "rebind\n\"\"\"\n");
  const auto explain = [&](const char* name) {
    return run_timewait({"explain", name, "--scenarios", folder.path()});
  };
  EXPECT_EQ(explain("good").end.number, 0);
  EXPECT_EQ(explain("good/-").end.number, 0);
  EXPECT_THAT(explain("broken").errors, HasSubstr("/theme/broken.toml:1:9: title must be a text"));
  EXPECT_EQ(explain("goood").end.number, kBadUsage);
  for (const char* command : {"list", "run"}) {
    const auto result = run_timewait({command, "--scenarios", folder.path()});
    EXPECT_EQ(result.end.number, kBadUsage) << command;
    EXPECT_THAT(result.errors, HasSubstr("/theme/broken.toml:1:9: title must be a text"));
  }
}

TEST(CommandLine, ListsScenariosAsJson) {
  const auto result = run_timewait({"list", "--json"});
  ASSERT_EQ(result.end.number, 0) << result.errors;
  const json list = json::parse(result.output);
  const auto found = std::ranges::find_if(
      list, [](const json& one) { return one["name"] == "server-closes-first"; });
  ASSERT_NE(found, list.end());
  EXPECT_EQ((*found)["theme"], "who-closes-first");
  EXPECT_EQ((*found)["from"][1], "S2");
  EXPECT_EQ((*found)["cells"][0], "first=plain,rebind=plain");
}

TEST(CommandLine, ListsForCtestOnlyWhatIsNotSlow) {
  const auto cells = run_timewait({"list", "--cells"});
  EXPECT_THAT(cells.output, HasSubstr("who-closes-first server-closes-first/first=plain,"));
  EXPECT_THAT(cells.output, testing::Not(HasSubstr("time-wait-lasts-a-minute")));
}

/// A scenario file of one cell.
std::string one_cell(const std::string& more_keys, const std::string& attempt) {
  return "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\n" + more_keys +
         "\nscript = \"\"\"\nserver runs message_server\nserver gets SIGKILL\n"
         "server dies of SIGKILL\nprecondition server nothing\n" +
         attempt + "\n\"\"\"\n";
}

TEST(CommandLine, LeavesSlowScenariosOutAndSaysHowToRunThem) {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  folder.write("quick.toml", one_cell("", "rebind"));
  folder.write("slow.toml", one_cell("tags = [\"slow\"]", "rebind"));
  const auto result = run_timewait({"run", "--scenarios", folder.path(), "--out", out.path()});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("\n1 cell:"));
  EXPECT_THAT(result.output, HasSubstr("\nleft out because they are slow: 1 cell (--tag slow)\n"));
  EXPECT_EQ(run_timewait({"report", out.path()}).output, result.output);
  const auto slow =
      run_timewait({"run", "--scenarios", folder.path(), "--tag", "slow", "--no-out"});
  EXPECT_THAT(slow.output, HasSubstr("\n  slow "));
  EXPECT_THAT(slow.output, testing::Not(HasSubstr("left out")));
}

TEST(CommandLine, LetsCellsWaitTogetherWhateverJobsSays) {
  const TemporaryFolder folder;
  const TemporaryFolder out;
  const std::string file = folder.write(
      "watch.toml",
      "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bind:EADDRINUSE\"\n"
      "script = \"\"\"\nserver runs message_server\nprecondition server LISTEN\nrebind for 1 s\n"
      "\"\"\"\n");
  const auto result =
      run_timewait({"run", file, "--jobs", "1", "--repeat", "20", "--out", out.path()});
  ASSERT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_LT(json::parse(read(out.path() + "/run.json"))["wall_ms"], 20'000);
}

TEST(CommandLine, ShowsTheBasicMatrixWithTimeWaitSeenInEachCell) {
  const TemporaryFolder folder;
  const auto result = run_timewait({"run", "server-closes-first", "--out", folder.path()});
  ASSERT_EQ(result.end.number, 0) << result.output << result.errors;
  const std::map<std::pair<std::string, std::string>, std::string> expected{
      {{"plain", "plain"}, "bind:EADDRINUSE"},
      {{"plain", "reuseaddr"}, "bind:EADDRINUSE"},
      {{"reuseaddr", "plain"}, "bind:EADDRINUSE"},
      {{"reuseaddr", "reuseaddr"}, "bound"}};
  std::size_t found = 0;
  for (const std::string& line : lines_of(folder.path() + "/records.jsonl")) {
    const json record = json::parse(line);
    const auto outcome = expected.find({record["cell"]["first"], record["cell"]["rebind"]});
    if (outcome == expected.end()) continue;
    ++found;
    EXPECT_EQ(record["outcome"], outcome->second);
    EXPECT_EQ(record["verdict"], "pass");
    const json& table = record["precondition"]["table"];
    ASSERT_EQ(table.size(), 1U);
    EXPECT_EQ(table[0]["state"], "TIME_WAIT");
    EXPECT_EQ(table[0]["local"], "127.0.0.1:12000");
    EXPECT_EQ(table[0]["inode"], 0);
    EXPECT_EQ(table[0]["timer"]["kind"], "time_wait");
    EXPECT_GT(table[0]["timer"]["left_ms"], 50'000);
  }
  EXPECT_EQ(found, expected.size());
}

TEST(CommandLine, KeepsRecordsInTheOrderOfTheCellsAndReportsThemAgain) {
  const TemporaryFolder folder;
  const auto result =
      run_timewait({"run", "server-closes-first", "--repeat", "3", "--out", folder.path()});
  ASSERT_EQ(result.end.number, 0) << result.output << result.errors;
  const auto lines = lines_of(folder.path() + "/records.jsonl");
  ASSERT_EQ(lines.size(), 48U);
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_EQ(json::parse(lines[i])["cell"], json::parse(lines[i % 16])["cell"]);
  const json run = json::parse(read(folder.path() + "/run.json"));
  EXPECT_EQ(run["totals"]["pass"], 48);
  EXPECT_EQ(run["sysctls"]["net.ipv4.tcp_fin_timeout"], "60");

  const auto report = run_timewait({"report", folder.path()});
  EXPECT_EQ(report.end.number, 0);
  EXPECT_EQ(report.output, result.output);
}

TEST(CommandLine, PrintsRecordsAsJson) {
  const auto result = run_timewait(
      {"run", "server-closes-first/first=plain,rebind=plain", "--no-out", "--format", "json"});
  ASSERT_EQ(result.end.number, 0) << result.errors;
  const json printed = json::parse(result.output);
  EXPECT_EQ(printed["run"]["totals"]["pass"], 1);
  ASSERT_EQ(printed["records"].size(), 1U);
  EXPECT_EQ(printed["records"][0]["schema"], "timewait.record/1");
}

TEST(CommandLine, ReadsAScenarioAloud) {
  const auto result = run_timewait({"show", "server-closes-first"});
  EXPECT_EQ(result.end.number, 0);
  EXPECT_THAT(result.output, HasSubstr("server runs message_server with plain"));
  EXPECT_THAT(result.output, HasSubstr("expected: bind:EADDRINUSE"));
}

TEST(CommandLine, TwoRunsDoNotWriteToOneFolder) {
  const TemporaryFolder folder;
  const std::string hang = folder.write(
      "hang.toml",
      "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\nscript = \"\"\"\n"
      "server runs faulty never-listens\nprecondition server LISTEN\nrebind\n\"\"\"\n");
  const std::string out = folder.path() + "/out";
  ChildProcess first({timewait_path(), "run", hang, "--step-timeout", "50", "--out", out});
  while (!std::filesystem::exists(out + "/records.jsonl") && !first.exit_state()) first.refresh();
  const auto second = run_timewait({"run", "server-closes-first", "--out", out});
  EXPECT_EQ(second.end.number, kBadUsage);
  EXPECT_THAT(second.errors, HasSubstr("another run writes to " + out));
}

TEST(CommandLine, DoesNotTakeARunThatWasCutShortForAWholeOne) {
  const TemporaryFolder folder;
  const std::string cell = "server-closes-first/first=plain,rebind=plain";
  ASSERT_EQ(run_timewait({"run", cell, "--out", folder.path()}).end.number, 0);
  std::filesystem::resize_file(folder.path() + "/records.jsonl", 0);
  const auto report = run_timewait({"report", folder.path()});
  EXPECT_EQ(report.end.number, kBadUsage);
  EXPECT_THAT(report.errors, HasSubstr("has 0 records, but run.json speaks of 1"));
}

TEST(CommandLine, DoesNotLoseResultsSilently) {
  const auto full = run_command({"sh", "-c", timewait_path() + " list > /dev/full"});
  EXPECT_EQ(full.end.number, 125);
  EXPECT_THAT(full.errors, HasSubstr("No space left on device"));
  const auto head = run_command({"sh", "-c", timewait_path() + " list --json | head -n 1"});
  EXPECT_EQ(head.errors, "");
}

TEST(CommandLine, SaysWhichRecordIsDamaged) {
  const TemporaryFolder folder;
  ASSERT_EQ(
      run_timewait({"run", "server-closes-first/first=plain,rebind=plain", "--out", folder.path()})
          .end.number,
      0);
  std::ofstream(folder.path() + "/records.jsonl", std::ios::app) << "{\"schema\": 1}\n";
  const auto report = run_timewait({"report", folder.path()});
  EXPECT_EQ(report.end.number, kBadUsage);
  EXPECT_THAT(report.errors, HasSubstr("/records.jsonl:2: a record has the schema 1"));
}

}  // namespace
}  // namespace timewait
