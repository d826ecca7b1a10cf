#include <gtest/gtest.h>

#include "harness/run/record.h"

namespace timewait {
namespace {

SocketEntry entry(TcpState state, std::uint32_t inode, std::uint64_t cookie,
                  const char* local = "127.0.0.1:12000") {
  return {.state = state,
          .local = *Endpoint::parse(local),
          .remote = *Endpoint::parse("127.0.0.1:40000"),
          .inode = inode,
          .cookie = cookie};
}

const SocketEntry kTimeWait = entry(TcpState::time_wait, 0, 1);
const SocketEntry kHeld = entry(TcpState::established, 4711, 2);
const ActorPlace kServer{.endpoint = *Endpoint::parse("0.0.0.0:12000")};

/// A record of a cell in which all went as expected.
Record good_record() {
  return {.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .expected = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .preconditions = {{.actor = "server", .asked = "TIME_WAIT", .seen = "TIME_WAIT"}},
          .precondition_places = {kServer},
          .attempt_place = kServer,
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

TEST(Judge, ConcludesNothingWhenAnEntryWentDuringTheAttempt) {
  Record record = good_record();
  record.table_after = {kHeld};
  expect_verdict(record, Verdict::inconclusive,
                 "tcp TIME_WAIT 127.0.0.1:12000 was gone when the attempt was over");
  record.table_after = {kTimeWait};
  expect_verdict(record, Verdict::inconclusive,
                 "tcp ESTABLISHED 127.0.0.1:12000 was gone when the attempt was over");
}

TEST(Judge, ConcludesNothingWhenAnEntryChangedOrWasReplacedDuringTheAttempt) {
  const SocketEntry others[] = {
      entry(TcpState::fin_wait2, 0, kTimeWait.cookie),
      entry(TcpState::time_wait, 0, kTimeWait.cookie + 10),
  };
  for (const SocketEntry& other : others) {
    Record record = good_record();
    record.table_after = {kHeld, other};
    expect_verdict(record, Verdict::inconclusive,
                   "tcp TIME_WAIT 127.0.0.1:12000 was gone when the attempt was over");
  }
}

TEST(Judge, AllowsNewEntriesToAppear) {
  Record record = good_record();
  record.table_after.push_back(entry(TcpState::listen, 4712, 3));
  expect_verdict(record, Verdict::pass, "");
}

TEST(Judge, AllowsAnAttemptThatEndsItsHolderToTakeWhatIsHeldWithIt) {
  Record record = good_record();
  record.attempt_ends_holder = true;
  record.table_after = {kTimeWait};
  expect_verdict(record, Verdict::pass, "");
  record.table_after = {kHeld};
  expect_verdict(record, Verdict::inconclusive,
                 "tcp TIME_WAIT 127.0.0.1:12000 was gone when the attempt was over");
}

TEST(Judge, ConcludesNothingWhenThePortIsHeldByWhatNoPreconditionSpeaksOf) {
  Record record = good_record();
  const SocketEntry stranger = entry(TcpState::listen, 4713, 4, "[::]:12000");
  record.table_before.push_back(stranger);
  record.table_after.push_back(stranger);
  expect_verdict(record, Verdict::inconclusive,
                 "no precondition speaks of tcp LISTEN [::]:12000, which is on the attempted port");
}

TEST(Judge, DoesNotCareWhatIsOnOtherPortsOrOfTheOtherProtocol) {
  Record record = good_record();
  SocketEntry udp = entry(TcpState::bound, 4714, 5);
  udp.protocol = Protocol::udp;
  for (const SocketEntry& other : {entry(TcpState::listen, 4713, 4, "[::]:12001"), udp}) {
    record.table_before.push_back(other);
    record.table_after.push_back(other);
  }
  expect_verdict(record, Verdict::pass, "");
}

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
  expect_verdict(record, Verdict::fail, "expected recv:0, got recv:4");
}

TEST(Judge, DemandsNoPreconditionOfACallThatLeavesPortsAlone) {
  for (const auto& [call, name] : kSocketCalls.rows()) {
    Record record = record_of_call(call);
    record.preconditions.clear();
    if (leaves_ports_alone(call))
      expect_verdict(record, Verdict::pass, "");
    else
      expect_verdict(record, Verdict::inconclusive, "no precondition was looked at");
  }
}

TEST(Judge, StillDemandsThePreconditionThatSuchACallHas) {
  Record record = record_of_call(SocketCall::recv);
  record.preconditions[0].seen = "nothing";
  expect_verdict(
      record, Verdict::inconclusive,
      "before the attempt server had to be TIME_WAIT, but the kernel's table held nothing");
}

TEST(Judge, LetsConnectionsEndDuringACallThatWaits) {
  Record record = record_of_call(SocketCall::recv);
  record.table_after.clear();
  expect_verdict(record, Verdict::pass, "");
}

TEST(Judge, LetsConnectTakeOverATimeWaitAndNothingElse) {
  Record record = record_of_call(SocketCall::connect);
  record.table_after = {kHeld};
  expect_verdict(record, Verdict::pass, "");
  record.table_after = {kTimeWait};
  expect_verdict(record, Verdict::inconclusive,
                 "tcp ESTABLISHED 127.0.0.1:12000 was gone when the attempt was over");
}

TEST(Judge, LetsListenAndConnectChangeTheirOwnSocket) {
  const SocketEntry bound = entry(TcpState::bound, 4711, 7);
  for (const SocketCall call : {SocketCall::listen, SocketCall::connect}) {
    Record record = record_of_call(call);
    record.table_before = {bound};
    record.table_after = {entry(TcpState::listen, 4711, bound.cookie)};
    expect_verdict(record, Verdict::pass, "");
    record.table_after.clear();
    expect_verdict(record, Verdict::inconclusive,
                   "tcp BOUND 127.0.0.1:12000 was gone when the attempt was over");
  }
}

TEST(Judge, LooksForStrangersOnThePortOfBindAndListenOnly) {
  const SocketEntry stranger = entry(TcpState::listen, 4713, 4, "[::]:12000");
  for (const auto& [call, name] : kSocketCalls.rows()) {
    Record record = record_of_call(call);
    record.table_before.push_back(stranger);
    record.table_after.push_back(stranger);
    judge(record);
    const bool minds = !leaves_ports_alone(call) && call != SocketCall::connect;
    EXPECT_EQ(record.verdict == Verdict::inconclusive, minds) << name;
  }
}

TEST(Judge, DoesNotCareWhatWasPromised) {
  Record record = good_record();
  record.promised = Outcome::bound();
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
