// What `timewait explore` says, on the real kernel.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "harness/base/temporary_folder.h"
#include "harness/cli/timewait_command.h"

namespace timewait {
namespace {

using testing::HasSubstr;

/// The output without what depends on the machine's speed.
std::string timeless(const std::string& output) {
  return std::regex_replace(output, std::regex("[0-9.]+ s, [0-9]+ scripts/s"), "");
}

TEST(Explore, FindsNothingWhereTheModelIsRight) {
  const auto result = run_timewait({"explore", "--count", "3000"});
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(result.output, HasSubstr("\n3000 scripts, "));
  EXPECT_THAT(result.output, HasSubstr(": 0 disagreements, "));
}

TEST(Explore, PlaysEveryShortScript) {
  const auto result = run_timewait({"explore", "--exhaustive", "--depth", "2"});
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
  EXPECT_THAT(result.output, HasSubstr(": 0 disagreements, "));
}

TEST(Explore, MissesARuleThatIsLeftOut) {
  const auto result = run_timewait({"explore", "--count", "2000", "--break", "both_reuseaddr"});
  EXPECT_EQ(result.end.number, 1) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("     socket a\n"
                                       "     set a reuseaddr\n"
                                       "     bind a 127.0.0.1:12000\n"
                                       "     socket b\n"
                                       "     set b reuseaddr\n"
                                       "     bind b 127.0.0.1:12000                       "
                                       "the kernel says 0, the model EADDRINUSE\n"));
}

TEST(Explore, WritesAScenarioThatShowsTheDisagreementAgain) {
  const TemporaryFolder folder;
  const auto found = run_timewait({"explore", "--exhaustive", "--depth", "2", "--break",
                                   "both_reuseaddr", "--write", folder.path()});
  const std::string file = folder.path() + "/bind-gives-0-1.toml";
  EXPECT_THAT(found.output, HasSubstr("     written to " + file + "\n"));
  ASSERT_TRUE(std::filesystem::exists(file)) << found.output << found.errors;
  const auto again = run_timewait({"run", file, "--no-out"});
  EXPECT_EQ(again.end.number, 0) << again.output << again.errors;
  EXPECT_THAT(again.output, HasSubstr("\n    \u2713 0\n"));
}

TEST(Explore, SaysTheSameHoweverManyJobsThereAre) {
  const auto with_jobs = [](const char* jobs) {
    return timeless(
        run_timewait({"explore", "--count", "9000", "--seed", "3", "--jobs", jobs}).output);
  };
  EXPECT_EQ(with_jobs("1"), with_jobs("3"));
}

TEST(Explore, EndsWhenItsTimeIsOver) {
  const auto result = run_timewait({"explore", "--time", "0.1"});
  EXPECT_EQ(result.end.number, 0) << result.output << result.errors;
}

TEST(Explore, RefusesARuleThatTheModelDoesNotHave) {
  const auto result = run_timewait({"explore", "--break", "nonsense"});
  EXPECT_EQ(result.end.number, 2);
  EXPECT_THAT(result.errors, HasSubstr("the model has no rule \"nonsense\""));
}

}  // namespace
}  // namespace timewait
