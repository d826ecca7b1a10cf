#include <gtest/gtest.h>

#include "harness/run/record.h"

namespace timewait {
namespace {

SocketEntry entry(TcpState state, std::uint32_t inode, const char* local = "127.0.0.1:12000",
                  const char* remote = "127.0.0.1:40000") {
  return {.state = state,
          .local = *Endpoint::parse(local),
          .remote = *Endpoint::parse(remote),
          .inode = inode};
}

const SocketEntry kTimeWait = entry(TcpState::time_wait, 0);
const SocketEntry kHeld = entry(TcpState::established, 4711);

/// A record of a cell in which all went as expected.
Record good_record() {
  return {.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .expected = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .preconditions = {{.actor = "server", .asked = "TIME_WAIT", .seen = "TIME_WAIT"}},
          .table_before = {kTimeWait, kHeld},
          .table_after = {kHeld, kTimeWait}};
}

void expect_verdict(Record record, Verdict verdict, const std::string& reason) {
  judge(record);
  EXPECT_EQ(kVerdicts.name(record.verdict), kVerdicts.name(verdict)) << reason;
  EXPECT_EQ(record.reason, reason);
}

TEST(Judge, PassesWhenTheOutcomeIsTheExpectedOne) {
  expect_verdict(good_record(), Verdict::pass, "");
}

TEST(Judge, FailsWhenTheOutcomeDiffers) {
  Record record = good_record();
  record.outcome = Outcome::bound();
  expect_verdict(record, Verdict::fail, "expected bind:EADDRINUSE, got bound");
}

TEST(Judge, FailsWhenAnotherCallFailedWithTheSameErrno) {
  Record record = good_record();
  record.outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  expect_verdict(record, Verdict::fail, "expected bind:EADDRINUSE, got listen:EADDRINUSE");
}

TEST(Judge, ConcludesNothingWhenThePreconditionWasNotSeenThoughTheOutcomeIsTheExpectedOne) {
  Record record = good_record();
  record.preconditions[0].seen = "nothing";
  expect_verdict(
      record, Verdict::inconclusive,
      "before the attempt server had to be TIME_WAIT, but the kernel's table held nothing");
}

TEST(Judge, ConcludesNothingWhenOneOfSeveralPreconditionsWasNotSeen) {
  Record record = good_record();
  record.preconditions.push_back({.actor = "client", .asked = "nothing", .seen = "LAST_ACK"});
  expect_verdict(
      record, Verdict::inconclusive,
      "before the attempt client had to be nothing, but the kernel's table held LAST_ACK");
}

TEST(Judge, ConcludesNothingWhenNoPreconditionWasLookedAt) {
  Record record = good_record();
  record.preconditions.clear();
  expect_verdict(record, Verdict::inconclusive, "no precondition was looked at");
}

TEST(Judge, ConcludesNothingWhenAnEntryWithoutAnOwnerWentDuringTheAttempt) {
  Record record = good_record();
  record.table_after = {kHeld};
  expect_verdict(record, Verdict::inconclusive,
                 "an entry of the socket table was gone when the attempt was over");
}

TEST(Judge, ConcludesNothingWhenAnEntryWithoutAnOwnerChangedDuringTheAttempt) {
  const SocketEntry others[] = {
      entry(TcpState::fin_wait2, 0),
      entry(TcpState::time_wait, 0, "127.0.0.1:12001"),
      entry(TcpState::time_wait, 0, "127.0.0.1:12000", "127.0.0.1:40001"),
  };
  for (const SocketEntry& other : others) {
    Record record = good_record();
    record.table_after = {kHeld, other};
    expect_verdict(record, Verdict::inconclusive,
                   "an entry of the socket table was gone when the attempt was over");
  }
}

TEST(Judge, AllowsWhatAProcessHoldsToChangeAndNewEntriesToAppear) {
  Record record = good_record();
  record.table_after = {kTimeWait, entry(TcpState::listen, 4712)};
  expect_verdict(record, Verdict::pass, "");
}

TEST(Judge, MakesAnErrorOfAnAttemptWithoutAnOutcome) {
  Record record = good_record();
  record.outcome.reset();
  expect_verdict(record, Verdict::error, "the attempt gave no outcome");
}

TEST(Judge, BelievesTroubleBeforeAnythingElse) {
  for (const Verdict verdict : {Verdict::skip, Verdict::error, Verdict::fail}) {
    Record record = good_record();
    record.trouble = Trouble{.verdict = verdict, .text = "there was trouble"};
    record.preconditions.clear();
    expect_verdict(record, verdict, "there was trouble");
  }
}

TEST(Judge, ForgetsAnEarlierVerdict) {
  Record record = good_record();
  record.verdict = Verdict::fail;
  record.reason = "an old reason";
  expect_verdict(record, Verdict::pass, "");
}

}  // namespace
}  // namespace timewait
