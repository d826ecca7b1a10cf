// The kernel is broken on purpose: cells must turn red exactly where the broken call matters.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

/// What `mutate --kernel` gives for one mutation, and its exit code.
struct Mutated {
  Json result;
  int exit_code = 0;

  Mutated(const std::string& mutation, const std::vector<std::string>& names) {
    std::vector<std::string> arguments{"mutate", "--kernel", "--format",
                                       "json",   "--only",   mutation};
    arguments.insert(arguments.end(), names.begin(), names.end());
    const CommandResult run = run_timewait(arguments);
    const Json json = Json::parse(run.output, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << run.errors;
    if (!json.is_discarded()) result = json["mutations"].at(0);
    exit_code = run.end.number;
  }

  /// "CELL OUTCOME" of the red cells that this check caught.
  std::vector<std::string> red(const std::string& caught_by) const {
    std::vector<std::string> cells;
    for (const Json& cell : result["red"])
      if (cell["caught_by"] == caught_by)
        cells.push_back(cell["cell"].get<std::string>() + " " + cell["outcome"].dump());
    return cells;
  }
};

TEST(Mutate, TurnsOutcomesRedWhereBothSocketsNeedTheOption) {
  const Mutated mutated("no-reuseaddr", {"over-a-bound-socket"});
  EXPECT_EQ(mutated.exit_code, 0);
  EXPECT_EQ(mutated.result["affected"], 3);
  EXPECT_EQ(mutated.result["others"], 13);
  EXPECT_THAT(mutated.red("the outcome"),
              UnorderedElementsAre("first=reuseaddr,rebind=reuseaddr \"bind:EADDRINUSE\"",
                                   "first=reuseaddr,rebind=both \"bind:EADDRINUSE\"",
                                   "first=both,rebind=reuseaddr \"bind:EADDRINUSE\""));
  EXPECT_EQ(mutated.result["red"].size(), 3u);
}

TEST(Mutate, TurnsProgramsRedThatDoNotHaveTheOptionTheyWereToldToSet) {
  const Mutated mutated("no-reuseport", {"server-closes-first"});
  EXPECT_EQ(mutated.exit_code, 0);
  EXPECT_THAT(mutated.red("the options of a socket"),
              UnorderedElementsAre(
                  "first=reuseport,rebind=plain null", "first=reuseport,rebind=reuseaddr null",
                  "first=reuseport,rebind=reuseport null", "first=reuseport,rebind=both null",
                  "first=both,rebind=plain null", "first=both,rebind=reuseaddr null",
                  "first=both,rebind=reuseport null", "first=both,rebind=both null"));
  EXPECT_EQ(mutated.result["red"].size(), 8u);
}

TEST(Mutate, TurnsCallsRedThatShouldHaveBeenReset) {
  const Mutated mutated("no-linger", {"linger-zero", "never-accepted"});
  EXPECT_EQ(mutated.exit_code, 0);
  EXPECT_EQ(mutated.result["affected"], 4);
  EXPECT_EQ(mutated.red("a call of the script").size(), 4u);
  EXPECT_EQ(mutated.result["red"].size(), 4u);
}

TEST(Mutate, TurnsNothingRedThatTheOptionDoesNotDecide) {
  const auto result = run_timewait({"mutate", "--kernel", "--only", "no-reuseaddr",
                                    "over-a-bound-socket/first=reuseaddr,rebind=plain"});
  EXPECT_EQ(result.end.number, 0);
  EXPECT_THAT(result.output, HasSubstr("it makes no difference to these cells"));
}

TEST(Mutate, FindsThatARuleOfTheModelIsMissingInRandomScripts) {
  const auto result =
      run_timewait({"mutate", "--model", "--only", "both_reuseaddr", "server-closes-first"});
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr(" scripts, "));
  EXPECT_THAT(result.output, HasSubstr("1 rule broken: 1 caught by random scripts"));
}

TEST(Mutate, FindsThatARuleOfTheModelIsMissingInACell) {
  const auto result = run_timewait({"mutate", "--model", "--only", "too_many_time_waits",
                                    "--budget", "100", "no-room-for-time-wait"});
  EXPECT_EQ(result.end.number, 0) << result.output;
  EXPECT_THAT(result.output,
              HasSubstr("caught by the cell no-room-for-time-wait/room=none,rebind=plain"));
}

TEST(Mutate, FailsForARuleThatNothingMisses) {
  const auto result = run_timewait({"mutate", "--model", "--only", "too_many_time_waits",
                                    "--budget", "100", "server-closes-first"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("1 survived: too_many_time_waits"));
}

TEST(Mutate, WantsToBreakSomething) {
  const auto result = run_timewait({"mutate", "--kernel", "--only", "same_address"});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors, "timewait: --only names nothing that would be broken\n");
}

TEST(Mutate, TakesNoCellThatDoesNotPassOnTheRealKernel) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
  const auto result = run_timewait({"mutate", "--kernel", file});
  EXPECT_EQ(result.end.number, kBadUsage);
  EXPECT_EQ(result.errors, "timewait: none of these cells passes on this kernel as it is\n");
}

TEST(Mutate, IsSaidOfARunOnABrokenKernel) {
  const auto result = run_timewait({"run", "over-a-bound-socket/first=reuseaddr,rebind=reuseaddr",
                                    "--no-out", "--mutate", "no-reuseaddr"});
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("expected bound, got bind:EADDRINUSE"));
  EXPECT_THAT(result.output, HasSubstr(", broken by no-reuseaddr, "));
}

/// The verdict on a claim by the records of one scenario, run with these further arguments.
std::string verdict_on(const std::string& id, const std::string& scenario,
                       const std::vector<std::string>& more) {
  const TemporaryFolder folder;
  std::vector<std::string> run{"run", scenario, "--out", folder.path()};
  run.insert(run.end(), more.begin(), more.end());
  run_timewait(run);
  const Json json = Json::parse(run_timewait({"claims", folder.path(), "--format", "json"}).output);
  for (const Json& claim : json["claims"])
    if (claim["id"] == id) return claim["verdict"];
  return "there is no such claim";
}

TEST(Mutate, TurnsTheVerdictOnAClaim) {
  // "SO_REUSEADDR that a server sets after bind() has no effect."
  EXPECT_EQ(verdict_on("T4", "reuseaddr-set-late", {}), "holds only if");
  EXPECT_EQ(verdict_on("T4", "reuseaddr-set-late", {"--mutate", "no-reuseaddr"}), "holds");
}

}  // namespace
}  // namespace timewait
