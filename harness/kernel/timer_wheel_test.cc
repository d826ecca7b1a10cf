#include "harness/kernel/timer_wheel.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

TEST(TimerWheel, PutsATimerOffByOneSlotOfItsLevel) {
  const struct {
    const char* name;
    int hz;
    nanoseconds timeout;
    nanoseconds latest;
  } rows[] = {
      {"a minute at 100", 100, seconds(60), milliseconds(65'120)},
      {"a minute at 250", 250, seconds(60), milliseconds(62'048)},
      {"a minute at 1000 is a level further up", 1000, seconds(60), milliseconds(64'096)},
      {"five seconds at 100", 100, seconds(5), milliseconds(5'080)},
      {"five seconds at 250", 250, seconds(5), milliseconds(5'256)},
      {"five seconds at 1000", 1000, seconds(5), milliseconds(5'512)},
      {"two minutes at 250", 250, seconds(120), milliseconds(122'048)},
      {"the last timeout of level 0", 1000, milliseconds(62), milliseconds(63)},
      {"the first of level 1", 1000, milliseconds(63), milliseconds(71)},
      {"the last of level 1", 1000, milliseconds(503), milliseconds(511)},
      {"the first of level 2", 1000, milliseconds(504), milliseconds(568)},
      {"half a tick is a whole one", 250, milliseconds(250) + milliseconds(2), milliseconds(284)},
  };
  for (const auto& row : rows)
    EXPECT_EQ(latest_expiry(row.timeout, row.hz).count(), row.latest.count()) << row.name;
}

TEST(TimerWheel, KnowsTheMinuteAtATickThatIsNoWholeNumberOfNanoseconds) {
  const auto latest = std::chrono::duration<double>(latest_expiry(seconds(60), 300)).count();
  EXPECT_NEAR(latest, 60 + 512.0 / 300, 1e-6);
}

TEST(TimerWheel, TurnsAsOftenAsAKernelCanBeBuiltFor) {
  EXPECT_GE(ticks_per_second(), 24);
  EXPECT_LE(ticks_per_second(), 1200);
}

}  // namespace
}  // namespace timewait
