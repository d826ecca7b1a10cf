#include "harness/report/progress.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

TEST(Progress, SaysHowFarARunIs) {
  const ProgressState state{.total = 14, .done = 3, .name = "server-closes-first"};
  EXPECT_EQ(state.text(), "3/14 server-closes-first");
}

TEST(Progress, CountsDownWhileCellsWait) {
  ProgressState state{.total = 14, .done = 3, .waiting = 11, .left = std::chrono::seconds(42)};
  EXPECT_EQ(state.text(), "3/14 done, 11 wait: 42 s until the last");
  state.waiting = 1;
  EXPECT_EQ(state.text(), "3/14 done, 1 waits: 42 s until the last");
}

}  // namespace
}  // namespace timewait
