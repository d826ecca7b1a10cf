// The manual page, as man, groff and mandoc see it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"

namespace timewait {
namespace {

using testing::HasSubstr;

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ManualPage, PassesTheChecksOfGroffAndMandoc) {
  const TemporaryFolder folder;
  const CommandResult page = run_timewait({"manual", "man"});
  ASSERT_EQ(page.end.number, 0) << page.errors;
  const std::string file = folder.write("timewait.1", page.output);
  const auto groff = run_command({"groff", "-man", "-ww", "-z", "-K", "utf8", file});
  EXPECT_EQ(groff.end.number, 0);
  EXPECT_EQ(groff.errors, "");
  const auto mandoc = run_command({"mandoc", "-T", "lint", file});
  EXPECT_EQ(mandoc.end.number, 0);
  EXPECT_EQ(mandoc.output + mandoc.errors, "");
}

TEST(ManualPage, HasWhatTheHelpSaysAndTheVersion) {
  const std::string page = run_timewait({"manual", "man"}).output;
  std::string version = run_timewait({"--version"}).output;
  version.pop_back();
  EXPECT_THAT(page, HasSubstr("\"timewait " + version + "\""));
  EXPECT_THAT(page, HasSubstr("\n.SS run\n"));
  EXPECT_THAT(page, HasSubstr("\n\\fB\\-\\-out\\fP \\fIDIR\\fP\n"));
  EXPECT_THAT(page, HasSubstr("\\fBresults/run/latest\\fP"));
  EXPECT_EQ(run_timewait({"manual", "man"}).output, page);
}

TEST(ManualPage, NamesEveryVariableThatTheProgramAsksFor) {
  const std::string page = run_timewait({"manual", "man"}).output;
  const std::regex asked("getenv\\(\"([A-Z_]+)\"\\)");
  int found = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(TIMEWAIT_SOURCE_DIR "/harness")) {
    const std::string path = entry.path();
    if (!path.ends_with(".cc") || path.ends_with("_test.cc")) continue;
    const std::string text = text_of_file(path);
    for (std::sregex_iterator match(text.begin(), text.end(), asked), end; match != end; ++match) {
      ++found;
      EXPECT_THAT(page, HasSubstr((*match)[1].str())) << path;
    }
  }
  EXPECT_GT(found, 3);
}

}  // namespace
}  // namespace timewait
