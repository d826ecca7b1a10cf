// How far a run is: told on standard error, and only to a terminal.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/test_records.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kLine = "\r\033[K16/16 server-closes-first";

/// What somebody sees whose terminal is of this kind. `script` makes the terminal.
std::string seen_on_a_terminal(const std::string& kind) {
  return run_command({"script", "--quiet", "--return", "--command",
                      "env COLUMNS=80 TERM=" + kind + " " + timewait_path() +
                          " run server-closes-first --no-out",
                      "/dev/null"})
      .output;
}

TEST(ProgressOnATerminal, IsALineThatIsGoneAtTheEnd) {
  if (!find_program("script")) GTEST_SKIP() << "script is not installed";
  const std::string output = seen_on_a_terminal("xterm");
  EXPECT_THAT(output, HasSubstr(std::string(kLine) + "\r\033[K"));
  EXPECT_GT(output.find("16 cells:"), output.find(kLine));
}

TEST(ProgressOnATerminal, IsNotToldToADumbOne) {
  if (!find_program("script")) GTEST_SKIP() << "script is not installed";
  const std::string output = seen_on_a_terminal("dumb");
  EXPECT_THAT(output, HasSubstr("16 cells:"));
  EXPECT_THAT(output, Not(HasSubstr("16/16")));
}

TEST(ProgressOnATerminal, IsNotToldToAPipe) {
  const auto result = run_timewait({"run", "server-closes-first", "--no-out"});
  EXPECT_EQ(result.errors, "");
  EXPECT_THAT(result.output, Not(HasSubstr("16/16")));
}

}  // namespace
}  // namespace timewait
