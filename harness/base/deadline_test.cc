#include "harness/base/deadline.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

using namespace std::chrono_literals;

TEST(Deadline, IsOverAtOnceWithoutPatience) {
  for (const Duration patience : {Duration(0s), Duration(-1s)}) {
    const Deadline deadline = Deadline::after(patience);
    EXPECT_TRUE(deadline.expired());
    EXPECT_EQ(deadline.remaining(), Duration::zero());
  }
}

TEST(Deadline, LeavesTheTimeUntilItsMoment) {
  const Deadline deadline = Deadline::after(1h);
  EXPECT_FALSE(deadline.expired());
  EXPECT_LE(deadline.remaining(), 1h);
  EXPECT_GT(deadline.remaining(), 59min);
}

TEST(PollTimeout, IsRoundedUpToWholeMilliseconds) {
  const struct {
    const char* name;
    Duration duration;
    int milliseconds;
  } rows[] = {
      {"nothing left", 0ns, 0},          {"the shortest time there is", 1ns, 1},
      {"just under one", 999'999ns, 1},  {"exactly one", 1ms, 1},
      {"just over one", 1'000'001ns, 2}, {"seconds", 10s, 10'000},
  };
  for (const auto& row : rows) EXPECT_EQ(poll_timeout(row.duration), row.milliseconds) << row.name;
}

}  // namespace
}  // namespace timewait
