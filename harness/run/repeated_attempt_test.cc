#include "harness/run/repeated_attempt.h"

#include <gtest/gtest.h>

#include "harness/kernel/timer_wheel.h"

namespace timewait {
namespace {

using std::chrono::seconds;

const RunSettings kSettings{.cell_limit = seconds(10)};

Cell cell_that(Verb verb) { return {.steps = {{.verb = verb, .number = 60}}}; }

TEST(CellLimit, IsThatOfTheRunForAnAttemptThatIsMadeOnce) {
  EXPECT_EQ(longest_wait_of(cell_that(Verb::rebind)), Duration::zero());
  EXPECT_EQ(cell_limit_of(cell_that(Verb::rebind), kSettings), seconds(10));
  EXPECT_EQ(cell_limit_of(Cell{}, kSettings), seconds(10));
}

TEST(CellLimit, GrowsByWhatARepeatedAttemptMayTake) {
  EXPECT_EQ(longest_wait_of(cell_that(Verb::rebind_for)), seconds(60));
  EXPECT_EQ(cell_limit_of(cell_that(Verb::rebind_for), kSettings), seconds(70) + kGivenUp);
  const Cell until_bound = cell_that(Verb::rebind_until_bound);
  EXPECT_GE(longest_wait_of(until_bound), latest_expiry(seconds(60), ticks_per_second()));
  EXPECT_EQ(cell_limit_of(until_bound, kSettings),
            seconds(10) + longest_wait_of(until_bound) + kGivenUp);
}

TEST(CellLimit, GrowsByTheTimersThatItsStepsWaitFor) {
  Cell cell = cell_that(Verb::rebind);
  for (const int left : {60, 58, 61})
    cell.steps.insert(cell.steps.begin(), {.verb = Verb::timer_left, .number = left});
  EXPECT_EQ(longest_wait_of(cell), seconds(2));
  EXPECT_EQ(cell_limit_of(cell, kSettings), seconds(12) + kGivenUp);
}

}  // namespace
}  // namespace timewait
