#include "harness/run/time_covered.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

using namespace std::chrono_literals;

Record ran(std::chrono::seconds from, std::chrono::milliseconds length) {
  Record record;
  record.started += from;
  record.duration = length;
  return record;
}

TEST(TimeCovered, IsNothingWithoutARecord) { EXPECT_EQ(TimeCovered().sum(), 0ms); }

TEST(TimeCovered, CountsTheTimeOfCellsThatRanTogetherOnce) {
  TimeCovered time;
  time.add(ran(12s, 500ms));
  time.add(ran(10s, 1000ms));
  time.add(ran(10s, 2200ms));
  EXPECT_EQ(time.sum(), 2500ms);
}

TEST(TimeCovered, LeavesOutThePauseBetweenTwoSittings) {
  TimeCovered time;
  time.add(ran(86'400s, 300ms));
  time.add(ran(10s, 200ms));
  EXPECT_EQ(time.sum(), 500ms);
}

}  // namespace
}  // namespace timewait
