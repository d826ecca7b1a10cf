// What the judge makes of attempts that were repeated: until the port was free (a wait), or for as
// long as it had to be in use (a watch).

#include <gtest/gtest.h>

#include "harness/run/test_judged_record.h"

namespace timewait {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kStrangerCame =
    "no precondition speaks of tcp LISTEN [::]:12000, which came to the attempted port";

const SocketEntry kBound = entry(TcpState::listen, 4712, 3, "0.0.0.0:12000");

/// A record of a wait that ended when and as it should.
Record good_wait() {
  Record record = good_record();
  record.outcome = record.expected = Outcome::bound();
  record.preconditions[0].asked = record.preconditions[0].seen = "TIME_WAIT";
  record.table_before = {kTimeWait};
  record.table_after = {kBound};
  record.repetition = Repetition{.times = 2000,
                                 .first_outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
                                 .refused_until = milliseconds(61'415),
                                 .took = milliseconds(61'440),
                                 .at_least = seconds(60),
                                 .at_most = milliseconds(62'048),
                                 .table_refused = {kTimeWait}};
  return record;
}

/// A record of a port that stayed in use as long as it was watched.
Record good_watch() {
  Record record = good_record();
  record.preconditions[0].asked = record.preconditions[0].seen = "TIME_WAIT";
  record.table_before = record.table_after = {kTimeWait};
  record.repetition = Repetition{.times = 2000,
                                 .first_outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
                                 .took = milliseconds(64'010),
                                 .at_least = seconds(64),
                                 .table_refused = {kTimeWait}};
  return record;
}

TEST(JudgeOfAWait, PassesWhenThePortWasFreeWithinTheBoundsOfTheTimer) { expect_pass(good_wait()); }

TEST(JudgeOfAWait, FailsWhenThePortWasFreeTooEarlyOrTooLate) {
  Record record = good_wait();
  record.repetition->refused_until = milliseconds(58'185);
  record.repetition->took = milliseconds(58'210);
  expect_fail(record, "bound after 58.21 s, expected 60 to 62.05 s");
  record.repetition->refused_until = milliseconds(63'075);
  record.repetition->took = milliseconds(63'100);
  expect_fail(record, "bound after 63.10 s, expected 60 to 62.05 s");
}

TEST(JudgeOfAWait, ConcludesNothingWhenNobodyTriedWhileThePortBecameFree) {
  Record record = good_wait();
  record.repetition->refused_until = milliseconds(3'460);
  expect_inconclusive(
      record,
      "nobody tried the port between 3.46 s, when it was refused, and 61.44 s, when it was "
      "bound");
}

TEST(JudgeOfAWait, FailsWhenTheVeryFirstAttemptWasBound) {
  Record record = good_wait();
  record.repetition->times = 1;
  record.repetition->first_outcome = Outcome::bound();
  expect_fail(record, "the first attempt was bound: the port was not in use");
}

TEST(JudgeOfAWait, FailsWhenTheFirstAttemptFailedInAnotherWay) {
  Record record = good_wait();
  record.repetition->first_outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  expect_fail(record, "the first attempt gave listen:EADDRINUSE, expected bind:EADDRINUSE");
}

TEST(JudgeOfAWait, FailsWhenThePortNeverWasFree) {
  Record record = good_wait();
  record.outcome = record.repetition->first_outcome;
  record.repetition->took = milliseconds(63'060);
  record.table_after = {kTimeWait};
  expect_fail(record, "still bind:EADDRINUSE after 63.06 s, expected bound after 60 to 62.05 s");
}

TEST(JudgeOfAWait, FailsWhenALaterAttemptFailedInAnotherWay) {
  Record record = good_wait();
  record.outcome = Outcome::failed(SocketCall::bind, EACCES);
  expect_fail(record, "expected bound, got bind:EACCES");
}

TEST(JudgeOfAWait, ConcludesNothingWhenTheEntryWentBeforeThePortWasFree) {
  Record record = good_wait();
  record.repetition->table_refused = {};
  expect_inconclusive(record,
                      "tcp TIME_WAIT 127.0.0.1:12000 was gone while the port was still in use");
}

TEST(JudgeOfAWait, ConcludesNothingWhenAnotherEntryCameToThePort) {
  Record record = good_wait();
  record.repetition->table_refused.push_back(kStranger);
  expect_inconclusive(record, kStrangerCame);
}

TEST(JudgeOfAWait, ConcludesNothingWhenTheEntryIsStillThereWhenThePortIsFree) {
  Record record = good_wait();
  record.table_after.push_back(kTimeWait);
  expect_inconclusive(record,
                      "tcp TIME_WAIT 127.0.0.1:12000 was still there when the port was bound");
}

TEST(JudgeOfAWait, ConcludesNothingWhenThePreconditionWasNotSeen) {
  Record record = good_wait();
  unsee_precondition(record);
  record.repetition->first_outcome = Outcome::bound();
  expect_inconclusive(
      record, "before the attempt server had to be TIME_WAIT, but the kernel's table held nothing");
}

TEST(JudgeOfAWatch, PassesWhenThePortStayedInUse) { expect_pass(good_watch()); }

TEST(JudgeOfAWatch, FailsWithTheTimeWhenThePortWasFree) {
  Record record = good_watch();
  record.outcome = Outcome::bound();
  record.repetition->took = milliseconds(12'340);
  record.table_after = {kBound};
  expect_fail(record, "bound after 12.34 s, expected bind:EADDRINUSE for 64 s");
}

TEST(JudgeOfAWatch, FailsWhenTheVeryFirstAttemptWasBound) {
  Record record = good_watch();
  record.outcome = record.repetition->first_outcome = Outcome::bound();
  expect_fail(record, "the first attempt was bound: the port was not in use");
}

TEST(JudgeOfAWatch, FailsWhenTheAttemptsFailedInAnotherWay) {
  Record record = good_watch();
  record.outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  expect_fail(record, "expected bind:EADDRINUSE, got listen:EADDRINUSE");
}

TEST(JudgeOfAWatch, ConcludesNothingWhenTheEntryWent) {
  Record record = good_watch();
  record.table_after = {};
  expect_inconclusive(record, "tcp TIME_WAIT 127.0.0.1:12000 was gone when the attempts were over");
}

TEST(JudgeOfAWatch, ConcludesNothingWhenAnotherEntryCameToThePort) {
  Record record = good_watch();
  record.repetition->table_refused.push_back(kStranger);
  expect_inconclusive(record, kStrangerCame);
}

TEST(JudgeOfAWatch, ConcludesNothingWhenItWasCutShort) {
  Record record = good_watch();
  record.repetition->took = milliseconds(3'500);
  expect_inconclusive(record, "the attempts went on for 3.5 s only, not for 64 s");
}

}  // namespace
}  // namespace timewait
