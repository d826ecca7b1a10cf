// What the judge makes of an attempt that is a single call other than a rebind: which calls need a
// precondition, and what such a call may change in the kernel's table.

#include <gtest/gtest.h>

#include "harness/run/test_judged_record.h"

namespace timewait {
namespace {

/// A record of a cell whose attempt was one call that returned 0.
Record record_of_call(SocketCall call) {
  Record record = good_record();
  record.single_call = call;
  record.outcome = record.expected = Outcome::returned(call, 0);
  return record;
}

TEST(Judge, FailsWhenACallReturnedSomethingElse) {
  Record record = record_of_call(SocketCall::recv);
  record.outcome = Outcome::returned(SocketCall::recv, 4);
  expect_fail(record, "expected recv:0, got recv:4");
}

TEST(Judge, DemandsNoPreconditionOfACallThatLeavesPortsAlone) {
  for (const auto& [call, name] : kSocketCalls.rows()) {
    Record record = record_of_call(call);
    record.preconditions.clear();
    if (leaves_ports_alone(call))
      expect_pass(record);
    else
      expect_inconclusive(record, "no precondition was looked at");
  }
}

TEST(Judge, StillDemandsThePreconditionThatSuchACallHas) {
  Record record = record_of_call(SocketCall::recv);
  unsee_precondition(record);
  expect_inconclusive(record, kNothingSeen);
}

TEST(Judge, LetsConnectionsEndDuringACallThatWaits) {
  Record record = record_of_call(SocketCall::recv);
  record.table_after.clear();
  expect_pass(record);
}

TEST(Judge, LetsConnectTakeOverATimeWaitAndNothingElse) {
  Record record = record_of_call(SocketCall::connect);
  record.table_after = {kHeld};
  expect_pass(record);
  record.table_after = {kTimeWait};
  expect_inconclusive(record, kHeldGone);
}

TEST(Judge, LetsListenAndConnectChangeTheirOwnSocket) {
  const SocketEntry bound = entry(TcpState::bound, 4711, 7);
  for (const SocketCall call : {SocketCall::listen, SocketCall::connect}) {
    Record record = record_of_call(call);
    record.preconditions[0].asked = record.preconditions[0].seen = "BOUND";
    record.table_before = {bound};
    record.table_after = {entry(TcpState::listen, 4711, bound.cookie)};
    expect_pass(record);
    record.table_after.clear();
    expect_inconclusive(record, "tcp BOUND 127.0.0.1:12000 was gone when the attempt was over");
  }
}

TEST(Judge, LooksForStrangersOnThePortOfBindAndListenOnly) {
  for (const auto& [call, name] : kSocketCalls.rows()) {
    Record record = record_of_call(call);
    add_to_tables(record, kStranger);
    add_call(record);
    judge(record);
    const bool minds = !leaves_ports_alone(call) && call != SocketCall::connect;
    EXPECT_EQ(record.verdict == Verdict::inconclusive, minds) << name;
  }
}

}  // namespace
}  // namespace timewait
