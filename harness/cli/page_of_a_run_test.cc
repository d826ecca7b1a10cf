// The page that --html writes, as a user of the command gets it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// The data of the page at `path`; null when there are none.
Json data_of(const std::string& path) {
  const std::string page = text_of(path);
  const std::string begin = "<script type=\"application/json\" id=\"data\">";
  const auto start = page.find(begin);
  if (start == std::string::npos) return {};
  const auto from = start + begin.size();
  return Json::parse(page.substr(from, page.find("</script>", from) - from), nullptr, false);
}

/// A folder with the records of one cell, and with room for pages.
class KeptRun {
 public:
  KeptRun() { run_timewait({"run", kTimeWaitCell, "--out", records(), "--evidence", "full"}); }

  std::string records() const { return folder.path() + "/records"; }
  std::string page() const { return folder.path() + "/pages/page.html"; }

  /// `timewait report` of the records with more arguments.
  CommandResult report(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"report", records()});
    return run_timewait(std::move(arguments));
  }

  /// The same with SOURCE_DATE_EPOCH set.
  CommandResult report_dated(const std::string& date) const {
    return run_command({"/usr/bin/env", "SOURCE_DATE_EPOCH=" + date, timewait_path(), "report",
                        records(), "--html", page()});
  }

  const TemporaryFolder folder;
};

TEST(PageOfARun, IsWrittenBesidesWhatIsPrinted) {
  const TemporaryFolder folder;
  const std::string page = folder.path() + "/page.html";
  const CommandResult result = run_timewait({"run", kTimeWaitCell, "--no-out", "--html", page});
  EXPECT_EQ(result.end.number, 0);
  EXPECT_THAT(result.output, HasSubstr("EADDRINUSE"));
  EXPECT_THAT(result.errors, IsEmpty());
  const Json data = data_of(page);
  ASSERT_TRUE(data.is_object());
  EXPECT_EQ(data["cells"].size(), 1U);
  EXPECT_EQ(data["cells"][0]["outcome"], "bind:EADDRINUSE");
  EXPECT_EQ(data["scenarios"][0]["file"], "scenarios/who-closes-first/server-closes-first.toml");
  EXPECT_THAT(data["scenarios"][0]["teaches"]["en"].get<std::string>(), HasSubstr("TIME_WAIT"));
  EXPECT_GT(data["claims"].size(), 30U);
}

TEST(PageOfARun, IsOneFileThatLoadsNothing) {
  const KeptRun run;
  EXPECT_EQ(run.report({"--html", run.page()}).end.number, 0);
  const std::string page = text_of(run.page());
  ASSERT_THAT(page, HasSubstr("</html>"));
  for (const char* word : {" src=", "href=\"http", "@import", "url(", "<link", "<iframe", "<img"})
    EXPECT_THAT(page, testing::Not(HasSubstr(word)));
  // A name of a namespace is nothing to be loaded.
  for (auto at = page.find("://"); at != std::string::npos; at = page.find("://", at + 1))
    EXPECT_EQ(page.substr(at, 13), "://www.w3.org");
}

TEST(PageOfARun, IsTheSameForTheSameRecords) {
  const KeptRun run;
  run.report({"--html", run.page()});
  const std::string first = text_of(run.page());
  run.report({"--html", run.page(), "--format", "json"});
  EXPECT_THAT(first, testing::Not(IsEmpty()));
  EXPECT_EQ(text_of(run.page()), first);
  const std::filesystem::directory_iterator files(run.folder.path() + "/pages");
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(PageOfARun, LeavesTheFormatAlone) {
  const KeptRun run;
  const CommandResult without = run.report({"--format", "json"});
  const CommandResult with = run.report({"--format", "json", "--html", run.page()});
  EXPECT_EQ(with.output, without.output);
  EXPECT_TRUE(data_of(run.page()).is_object());
}

TEST(PageOfARun, IsNamedToWhoeverAsksForDetails) {
  const KeptRun run;
  const CommandResult result =
      run_timewait({"--verbose", "report", run.records(), "--html", run.page()});
  EXPECT_EQ(result.errors, "timewait: the page is " + run.page() + "\n");
}

TEST(PageOfARun, HasTheDateOfTheEnvironment) {
  const KeptRun run;
  EXPECT_EQ(run.report_dated("1000000000").end.number, 0);
  EXPECT_EQ(data_of(run.page())["run"]["started"], "2001-09-09");
  const CommandResult result = run.report_dated("today");
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(
      result.errors,
      HasSubstr("SOURCE_DATE_EPOCH is \"today\"; it must be a number of seconds since 1970"));
}

TEST(PageOfARun, HasTheRecordsTitleOfAScenarioThatIsNotThereAnyMore) {
  const KeptRun run;
  run.folder.write("scenarios/other/another.toml",
                   scenario_around(kIdleServerInterrupted, "bound"));
  const CommandResult result =
      run.report({"--html", run.page(), "--scenarios", run.folder.path() + "/scenarios"});
  EXPECT_EQ(result.end.number, 0) << result.errors;
  const Json data = data_of(run.page());
  EXPECT_EQ(data["scenarios"][0]["title"]["en"], "The server closes first");
  EXPECT_FALSE(data["scenarios"][0].contains("teaches"));
  EXPECT_FALSE(data["scenarios"][0].contains("file"));
  EXPECT_THAT(data["claims"], IsEmpty());
}

/// A scenario file whose only cell fails.
std::string failing_file(const TemporaryFolder& folder) {
  return folder.write("fails.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
}

TEST(PageOfARun, ThatFailsLeavesItsExitCode) {
  const TemporaryFolder folder;
  const std::string page = folder.path() + "/page.html";
  const CommandResult result =
      run_timewait({"run", failing_file(folder), "--no-out", "--html", page});
  EXPECT_EQ(result.end.number, kFail);
  const Json data = data_of(page);
  EXPECT_EQ(data["cells"][0]["verdict"], "fail");
  EXPECT_EQ(data["cells"][0]["expected"], "bind:EADDRINUSE");
  EXPECT_EQ(data["scenarios"][0]["teaches"]["en"], "Nothing.");
  EXPECT_FALSE(data["scenarios"][0].contains("file"));
}

TEST(PageOfARun, OfOneCellGoesWithItsTrace) {
  const TemporaryFolder folder;
  const std::string page = folder.path() + "/page.html";
  const CommandResult result =
      run_timewait({"run", kTimeWaitCell, "--no-out", "--trace", "--html", page});
  EXPECT_EQ(result.end.number, 0);
  EXPECT_THAT(result.output, HasSubstr("held by TIME_WAIT"));
  EXPECT_EQ(data_of(page)["cells"].size(), 1U);
}

/// What is said when the page cannot be written at `path`.
std::string complaint(const std::string& path) {
  const CommandResult result = run_timewait({"run", kTimeWaitCell, "--no-out", "--html", path});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_THAT(result.output, IsEmpty());
  return result.errors;
}

TEST(PageOfARun, ThatCannotBeWrittenIsRefusedBeforeTheRun) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "");
  const std::string own = folder.path() + "/a.html";
  std::filesystem::create_directory(own);
  EXPECT_THAT(complaint(own),
              HasSubstr("cannot write the page " + own + ": it is a folder; name a file"));
  EXPECT_THAT(complaint(file + "/page.html"),
              HasSubstr("cannot write the page " + file + "/page.html: Not a directory"));
  EXPECT_THAT(complaint("/proc/page.html"),
              HasSubstr("cannot write the page /proc/page.html: No such file or directory"));
}

TEST(PageOfARun, ReplacesNothingThatIsNoPage) {
  const TemporaryFolder folder;
  for (const std::string& path : {folder.path() + "/records.jsonl", std::string("/dev/null")})
    EXPECT_THAT(complaint(path),
                HasSubstr("cannot write the page " + path + ": its name must end with .html"));
}

TEST(PageOfARun, DoesNotStayBesideTheRecordsOfAnotherRun) {
  const TemporaryFolder folder;
  const std::string page = folder.path() + "/report.html";
  run_timewait({"run", kTimeWaitCell, "--out", folder.path(), "--html", page});
  EXPECT_TRUE(std::filesystem::exists(page));
  run_timewait({"run", kTimeWaitCell, "--out", folder.path()});
  EXPECT_FALSE(std::filesystem::exists(page));
}

}  // namespace
}  // namespace timewait
