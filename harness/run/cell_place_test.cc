#include "harness/run/cell_place.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string_view>

#include "harness/base/error.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

constexpr const char* kScenario = R"(
title   = "A test"
teaches = "Nothing."
from    = ["ours"]
expect  = "bound"
script  = """
server runs message_server
precondition server LISTEN
rebind 127.0.0.1:12001
"""
)";

/// What becomes of a place on the machine's loopback where no descriptor is left.
enum class End { placed, refused, broken };

End without_descriptors(const Cell& cell) {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_NOFILE, &none);
  try {
    return CellPlace(cell, Isolation::loopback).refusal().empty() ? End::placed : End::refused;
  } catch (const Error&) {
    return End::broken;
  }
}

TEST(CellPlace, TakesNoLackOfDescriptorsForACellThatCannotRun) {
  if (kIsSanitized) GTEST_SKIP() << "the sanitizers need descriptors";
  const Scenario scenario = read_scenario(SourceText("test.toml", kScenario));
  const pid_t child = ::fork();
  if (child == 0) ::_exit(static_cast<int>(without_descriptors(scenario.cells.front())));
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(static_cast<End>(WEXITSTATUS(status)), End::broken);
}

TEST(CellPlace, IsThatOfTheScriptInANetworkOfItsOwn) {
  const Scenario scenario = read_scenario(SourceText("test.toml", kScenario));
  const CellPlace place(scenario.cells.front(), Isolation::user_namespace);
  EXPECT_EQ(place.relocation(), nullptr);
  EXPECT_EQ(place.refusal(), "");
  EXPECT_EQ(&place.cell(), &scenario.cells.front());
}

}  // namespace
}  // namespace timewait
