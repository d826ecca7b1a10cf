// What the surroundings change in an export: its date and the annotations beside it, nothing else.

#include <gmock/gmock.h>

#include "harness/cli/test_kept_run.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(ExportedRun, IsTheSameEverywhere) {
  const KeptRun run(kAllVerdicts);
  for (const char* format : {"json", "markdown", "csv", "junit", "tap"}) {
    SCOPED_TRACE(format);
    const auto here = run.report(format, {"-i", "TZ=UTC", "LC_ALL=C.UTF-8", "COLUMNS=200"});
    const auto there =
        run.report(format, {"-i", "TZ=Asia/Tokyo", "LC_ALL=C", "TERM=xterm", "CLICOLOR_FORCE=1"});
    EXPECT_NE(here.output, "");
    EXPECT_EQ(here.output, there.output);
  }
  const auto here = run.report("text", {"-i", "TZ=UTC", "LC_ALL=C.UTF-8"});
  const auto there = run.report("text", {"-i", "TZ=Asia/Tokyo", "LC_ALL=C.UTF-8"});
  EXPECT_EQ(here.output, there.output) << "text is for one terminal, but for any time";
}

TEST(ExportedRun, IsWhatItsReportSaysAgain) {
  for (const char* format : {"json", "markdown", "csv", "junit", "tap"}) {
    SCOPED_TRACE(format);
    const TemporaryFolder folder;
    const auto run =
        run_timewait({"run", kTimeWaitCell, "--out", folder.path(), "--format", format});
    EXPECT_NE(run.output, "");
    EXPECT_EQ(run_timewait({"report", folder.path(), "--format", format}).output, run.output);
    const auto lost = run_timewait({"run", kTimeWaitCell, "--no-out", "--format", format});
    EXPECT_EQ(lost.end.number, 0) << "records are not needed in a folder: " << lost.errors;
    EXPECT_NE(lost.output, "");
  }
}

TEST(ExportedRun, TakesItsDateFromOutsideWhereThereIsOne) {
  const KeptRun run(false);
  EXPECT_THAT(run.report("junit", {"SOURCE_DATE_EPOCH=86400"}).output,
              HasSubstr("timestamp=\"1970-01-02T00:00:00Z\""));
  for (const char* wrong : {"yesterday", "-1", "1.5", "99999999999999999999", "253402300800"}) {
    const auto result = run.report("junit", {std::string("SOURCE_DATE_EPOCH=") + wrong});
    EXPECT_EQ(result.end.number, kBadUsage);
    EXPECT_EQ(result.errors, std::string("timewait: SOURCE_DATE_EPOCH is \"") + wrong +
                                 "\"; it must be a number of seconds since 1970\n");
    EXPECT_EQ(result.output, "");
  }
}

TEST(ExportedRun, LeavesStandardOutputToTheDocumentWhenGithubIsTold) {
  const KeptRun run(kAllVerdicts);
  const auto plain = run.report("junit", {"-u", "GITHUB_ACTIONS"});
  const auto result = run.report("junit", {"GITHUB_ACTIONS=true"});
  EXPECT_EQ(plain.errors, "");
  EXPECT_EQ(result.output, plain.output);
  EXPECT_EQ(result.end, plain.end);
  EXPECT_THAT(
      result.errors,
      AllOf(StartsWith("::error file=scenarios/theme/fails.toml,title=fail%3A fails/-::expected "
                       "bind:EADDRINUSE, got bound\n"
                       "::error file=scenarios/theme/breaks.toml,title=error%3A breaks/-::"),
            HasSubstr("\n::warning file=scenarios/theme/proves-nothing.toml,title=inconclusive%3A "
                      "proves-nothing/-::before the attempt server had to be TIME_WAIT"),
            HasSubstr("\n::notice file=scenarios/theme/skipped.toml,title=skip%3A skipped/-::=1+1, "
                      "\"q\" | `tick` ``` <b>&amp;</b> ]]> # TODO \\ %25 a:b%0D%0Anot ok 9")));
}

TEST(ExportedRun, IsAnnotatedAtOnce) {
  const TemporaryFolder folder;
  const auto file =
      folder.write("theme/wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
  const auto result =
      run_command({"env", "GITHUB_ACTIONS=true", timewait_path(), "run", file, "--no-out"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_EQ(result.errors,
            "::error file=scenarios/theme/wrong.toml,title=fail%3A wrong/-::expected "
            "bind:EADDRINUSE, got bound\n");
  EXPECT_THAT(result.output, Not(HasSubstr("::")));
}

TEST(ExportedRun, IsNoTrace) {
  const auto result =
      run_timewait({"run", kTimeWaitCell, "--no-out", "--trace", "--format", "csv"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors, "timewait: --trace draws one cell as text, json, mermaid, not as csv\n");
}

}  // namespace
}  // namespace timewait
