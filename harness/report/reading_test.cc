#include "harness/report/reading.h"

#include <gtest/gtest.h>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

TEST(ReadAloud, TellsWhatACellTeachesAndDoes) {
  const Scenario scenario = read_scenario(SourceText("theme/name.toml", R"(
title = "A title"
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
  EXPECT_EQ(read_aloud(scenario, scenario.cells[1], {.width = 70}), R"(name  A title
A lesson.
from S1, S2

varies
  rebind: plain, both

the cell rebind=both
   1  server runs message_server
      server starts message_server; the script goes on when the kernel
      shows its listener at 0.0.0.0:12000
   2  precondition server LISTEN
      the kernel must show exactly LISTEN for server at 0.0.0.0:12000,
      or nothing is concluded
   3  rebind with both
      the attempt: a new socket with SO_REUSEADDR and SO_REUSEPORT,
      bind and listen at 0.0.0.0:12000

expected: bound
)");
}

TEST(ReadAloud, TellsWhatIsPromised) {
  const Scenario scenario = read_scenario(SourceText("theme/name.toml", R"(
title = "A title"
teaches = "A lesson."
from = ["S10"]
expect = "getsockopt:0"
promised = "getsockopt:1"
script = """
server runs peer
server attempts getsockopt 3 SO_DEBUG
"""
)"));
  const std::string text = read_aloud(scenario, scenario.cells[0], {.width = 70});
  EXPECT_TRUE(text.ends_with("\nexpected: getsockopt:0\npromised: getsockopt:1\n")) << text;
}

}  // namespace
}  // namespace timewait
