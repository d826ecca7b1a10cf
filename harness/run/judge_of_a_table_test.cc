// What the judge makes of the kernel's table: whether the precondition was seen, whether it stayed
// as it was, and whether somebody else was on the port.

#include <gtest/gtest.h>

#include "harness/run/test_judged_record.h"

namespace timewait {
namespace {

TEST(Judge, ConcludesNothingWhenThePreconditionWasNotSeenThoughTheOutcomeIsTheExpectedOne) {
  Record record = good_record();
  unsee_precondition(record);
  expect_inconclusive(record, kNothingSeen);
}

TEST(Judge, ConcludesNothingWhenOneOfSeveralPreconditionsWasNotSeen) {
  Record record = good_record();
  record.preconditions.push_back({.actor = "client", .asked = "nothing", .seen = "LAST_ACK"});
  record.precondition_places.push_back({.endpoint = *Endpoint::parse("127.0.0.1:40000")});
  record.table_before.push_back(entry(TcpState::last_ack, 0, 3, "127.0.0.1:40000"));
  expect_inconclusive(
      record, "before the attempt client had to be nothing, but the kernel's table held LAST_ACK");
}

TEST(Judge, ConcludesNothingWhenNoPreconditionWasLookedAt) {
  Record record = good_record();
  record.preconditions.clear();
  expect_inconclusive(record, "no precondition was looked at");
}

TEST(Judge, ConcludesNothingWhenAnEntryWentDuringTheAttempt) {
  Record record = good_record();
  record.table_after = {kHeld};
  expect_inconclusive(record, kTimeWaitGone);
  record.table_after = {kTimeWait};
  expect_inconclusive(record, kHeldGone);
}

TEST(Judge, ConcludesNothingWhenAnEntryChangedOrWasReplacedDuringTheAttempt) {
  const SocketEntry others[] = {
      entry(TcpState::fin_wait2, 0, kTimeWait.cookie),
      entry(TcpState::time_wait, 0, kTimeWait.cookie + 10),
  };
  for (const SocketEntry& other : others) {
    Record record = good_record();
    record.table_after = {kHeld, other};
    expect_inconclusive(record, kTimeWaitGone);
  }
}

TEST(Judge, AllowsNewEntriesToAppear) {
  Record record = good_record();
  record.table_after.push_back(entry(TcpState::listen, 4712, 3));
  expect_pass(record);
}

TEST(Judge, AllowsAnAttemptThatEndsItsHolderToTakeWhatIsHeldWithIt) {
  Record record = good_record();
  record.attempt_ends_holder = true;
  record.table_after = {kTimeWait};
  expect_pass(record);
  record.table_after = {kHeld};
  expect_inconclusive(record, kTimeWaitGone);
}

TEST(Judge, ConcludesNothingWhenThePortIsHeldByWhatNoPreconditionSpeaksOf) {
  Record record = good_record();
  add_to_tables(record, kStranger);
  expect_inconclusive(
      record, "no precondition speaks of tcp LISTEN [::]:12000, which is on the attempted port");
}

TEST(Judge, DoesNotCareWhatIsOnOtherPortsOrOfTheOtherProtocol) {
  Record record = good_record();
  SocketEntry udp = entry(TcpState::bound, 4714, 5);
  udp.protocol = Protocol::udp;
  for (const SocketEntry& other : {entry(TcpState::listen, 4713, 4, "[::]:12001"), udp})
    add_to_tables(record, other);
  expect_pass(record);
}

}  // namespace
}  // namespace timewait
