#include "harness/report/reading.h"

#include <gtest/gtest.h>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

TEST(ReadAloud, TellsEveryStepWithItsMeaning) {
  const Scenario scenario = read_scenario(SourceText("theme/name.toml",
                                                     R"(title = "A title"
teaches = "A lesson."
from = ["S1", "S2"]
vary.rebind = ["plain", "both"]
expect = "bound"
script = """
# the server only listens
server runs message_server
precondition server LISTEN
rebind with {rebind}
"""
)"));
  EXPECT_EQ(read_aloud(scenario, scenario.cells[1], {.width = 80}), R"(x)");
}

}  // namespace
}  // namespace timewait
