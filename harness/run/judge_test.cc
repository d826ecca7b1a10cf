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

constexpr const char* kSeen = "ESTABLISHED, TIME_WAIT";

/// A record of a cell in which all went as expected.
Record good_record() {
  return {.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .expected = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .preconditions = {{.actor = "server", .asked = kSeen, .seen = kSeen}},
          .precondition_places = {kServer},
          .attempt_place = kServer,
          .table_before = {kTimeWait, kHeld},
          .table_after = {kHeld, kTimeWait}};
}

/// Gives the record the call that its outcome speaks of.
void add_call(Record& record) {
  if (!record.outcome) return;
  const Outcome& outcome = *record.outcome;
  record.attempt = {{.call = outcome.call,
                     .value = outcome.value.value_or(outcome.has_failed() ? -1 : 0),
                     .error = outcome.error}};
}

void expect_verdict(Record record, Verdict verdict, const std::string& reason) {
  add_call(record);
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

TEST(Judge, BlamesNoPortForAWantOfDescriptors) {
  Record record = good_record();
  record.outcome = Outcome::failed(SocketCall::socket, EMFILE);
  add_call(record);
  judge(record);
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_EQ(record.reason.find("the attempt gave socket:EMFILE, which says nothing about ports ("),
            0U)
      << record.reason;
  record.expected = *record.outcome;
  judge(record);
  EXPECT_EQ(record.verdict, Verdict::pass) << record.reason;
}

/// What the model says of a good record.
PredictionRecord good_prediction() {
  return {.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .why = {verbatim("It is held.")}};
}

TEST(Judge, PassesWhenTheModelSaysTheSame) {
  Record record = good_record();
  record.predicted = good_prediction();
  expect_verdict(record, Verdict::pass, "");
}

TEST(Judge, FailsWhenOnlyTheModelSaysSomethingElse) {
  Record record = good_record();
  record.predicted = good_prediction();
  record.predicted->outcome = Outcome::bound();
  expect_verdict(record, Verdict::fail,
                 "model: it predicts bound, the kernel gave bind:EADDRINUSE. It is held.");
}

TEST(Judge, SaysNothingOfTheModelWhenTheKernelItselfIsNotAsExpected) {
  Record record = good_record();
  record.predicted = good_prediction();
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
  record.table_before.clear();
  expect_verdict(record, Verdict::inconclusive,
                 "before the attempt server had to be ESTABLISHED, TIME_WAIT, but the kernel's "
                 "table held nothing");
}

TEST(Judge, ConcludesNothingWhenOneOfSeveralPreconditionsWasNotSeen) {
  Record record = good_record();
  record.preconditions.push_back({.actor = "client", .asked = "nothing", .seen = "LAST_ACK"});
  record.precondition_places.push_back({.endpoint = *Endpoint::parse("127.0.0.1:40000")});
  record.table_before.push_back(entry(TcpState::last_ack, 0, 3, "127.0.0.1:40000"));
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
  record.table_before.clear();
  expect_verdict(record, Verdict::inconclusive,
                 "before the attempt server had to be ESTABLISHED, TIME_WAIT, but the kernel's "
                 "table held nothing");
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
    record.preconditions[0].asked = record.preconditions[0].seen = "BOUND";
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
    add_call(record);
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

TEST(Judge, MakesAnErrorOfARecordThatContradictsItself) {
  Record record = good_record();
  record.table_before.pop_back();
  expect_verdict(record, Verdict::error,
                 "the record contradicts itself: the precondition says that server was "
                 "ESTABLISHED, TIME_WAIT, but its table has TIME_WAIT");
}

TEST(Judge, FindsTheSameAgainInAKeptRecord) {
  Record record = good_record();
  add_call(record);
  judge(record);
  judge_again(record);
  EXPECT_EQ(record.verdict, Verdict::pass) << record.reason;
}

TEST(Judge, DoesNotBelieveAKeptVerdictThatTheRecordDoesNotBear) {
  Record record = good_record();
  record.outcome = Outcome::bound();
  record.verdict = Verdict::pass;
  add_call(record);
  judge_again(record);
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_EQ(record.reason,
            "the record says pass, but what it holds gives fail: expected bind:EADDRINUSE, got "
            "bound");
}

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
                                 .refused_until = std::chrono::milliseconds(61'415),
                                 .took = std::chrono::milliseconds(61'440),
                                 .at_least = std::chrono::seconds(60),
                                 .at_most = std::chrono::milliseconds(62'048),
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
                                 .took = std::chrono::milliseconds(64'010),
                                 .at_least = std::chrono::seconds(64),
                                 .table_refused = {kTimeWait}};
  return record;
}

TEST(JudgeOfAWait, PassesWhenThePortWasFreeWithinTheBoundsOfTheTimer) {
  expect_verdict(good_wait(), Verdict::pass, "");
}

TEST(JudgeOfAWait, FailsWhenThePortWasFreeTooEarlyOrTooLate) {
  Record record = good_wait();
  record.repetition->refused_until = std::chrono::milliseconds(58'185);
  record.repetition->took = std::chrono::milliseconds(58'210);
  expect_verdict(record, Verdict::fail, "bound after 58.21 s, expected 60 to 62.05 s");
  record.repetition->refused_until = std::chrono::milliseconds(63'075);
  record.repetition->took = std::chrono::milliseconds(63'100);
  expect_verdict(record, Verdict::fail, "bound after 63.10 s, expected 60 to 62.05 s");
}

TEST(JudgeOfAWait, ConcludesNothingWhenNobodyTriedWhileThePortBecameFree) {
  Record record = good_wait();
  record.repetition->refused_until = std::chrono::milliseconds(3'460);
  expect_verdict(record, Verdict::inconclusive,
                 "nobody tried the port between 3.46 s, when it was refused, and 61.44 s, when it "
                 "was bound");
}

TEST(JudgeOfAWait, FailsWhenTheVeryFirstAttemptWasBound) {
  Record record = good_wait();
  record.repetition->times = 1;
  record.repetition->first_outcome = Outcome::bound();
  expect_verdict(record, Verdict::fail, "the first attempt was bound: the port was not in use");
}

TEST(JudgeOfAWait, FailsWhenTheFirstAttemptFailedInAnotherWay) {
  Record record = good_wait();
  record.repetition->first_outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  expect_verdict(record, Verdict::fail,
                 "the first attempt gave listen:EADDRINUSE, expected bind:EADDRINUSE");
}

TEST(JudgeOfAWait, FailsWhenThePortNeverWasFree) {
  Record record = good_wait();
  record.outcome = record.repetition->first_outcome;
  record.repetition->took = std::chrono::milliseconds(63'060);
  record.table_after = {kTimeWait};
  expect_verdict(record, Verdict::fail,
                 "still bind:EADDRINUSE after 63.06 s, expected bound after 60 to 62.05 s");
}

TEST(JudgeOfAWait, FailsWhenALaterAttemptFailedInAnotherWay) {
  Record record = good_wait();
  record.outcome = Outcome::failed(SocketCall::bind, EACCES);
  expect_verdict(record, Verdict::fail, "expected bound, got bind:EACCES");
}

TEST(JudgeOfAWait, ConcludesNothingWhenTheEntryWentBeforeThePortWasFree) {
  Record record = good_wait();
  record.repetition->table_refused = {};
  expect_verdict(record, Verdict::inconclusive,
                 "tcp TIME_WAIT 127.0.0.1:12000 was gone while the port was still in use");
}

TEST(JudgeOfAWait, ConcludesNothingWhenAnotherEntryCameToThePort) {
  Record record = good_wait();
  record.repetition->table_refused.push_back(entry(TcpState::listen, 4713, 4, "[::]:12000"));
  expect_verdict(record, Verdict::inconclusive,
                 "no precondition speaks of tcp LISTEN [::]:12000, which came to the attempted "
                 "port");
}

TEST(JudgeOfAWait, ConcludesNothingWhenTheEntryIsStillThereWhenThePortIsFree) {
  Record record = good_wait();
  record.table_after.push_back(kTimeWait);
  expect_verdict(record, Verdict::inconclusive,
                 "tcp TIME_WAIT 127.0.0.1:12000 was still there when the port was bound");
}

TEST(JudgeOfAWait, ConcludesNothingWhenThePreconditionWasNotSeen) {
  Record record = good_wait();
  record.preconditions[0].seen = "nothing";
  record.table_before.clear();
  record.repetition->first_outcome = Outcome::bound();
  expect_verdict(
      record, Verdict::inconclusive,
      "before the attempt server had to be TIME_WAIT, but the kernel's table held nothing");
}

TEST(JudgeOfAWatch, PassesWhenThePortStayedInUse) {
  expect_verdict(good_watch(), Verdict::pass, "");
}

TEST(JudgeOfAWatch, FailsWithTheTimeWhenThePortWasFree) {
  Record record = good_watch();
  record.outcome = Outcome::bound();
  record.repetition->took = std::chrono::milliseconds(12'340);
  record.table_after = {kBound};
  expect_verdict(record, Verdict::fail, "bound after 12.34 s, expected bind:EADDRINUSE for 64 s");
}

TEST(JudgeOfAWatch, FailsWhenTheVeryFirstAttemptWasBound) {
  Record record = good_watch();
  record.outcome = record.repetition->first_outcome = Outcome::bound();
  expect_verdict(record, Verdict::fail, "the first attempt was bound: the port was not in use");
}

TEST(JudgeOfAWatch, FailsWhenTheAttemptsFailedInAnotherWay) {
  Record record = good_watch();
  record.outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  expect_verdict(record, Verdict::fail, "expected bind:EADDRINUSE, got listen:EADDRINUSE");
}

TEST(JudgeOfAWatch, ConcludesNothingWhenTheEntryWent) {
  Record record = good_watch();
  record.table_after = {};
  expect_verdict(record, Verdict::inconclusive,
                 "tcp TIME_WAIT 127.0.0.1:12000 was gone when the attempts were over");
}

TEST(JudgeOfAWatch, ConcludesNothingWhenAnotherEntryCameToThePort) {
  Record record = good_watch();
  record.repetition->table_refused.push_back(entry(TcpState::listen, 4713, 4, "[::]:12000"));
  expect_verdict(record, Verdict::inconclusive,
                 "no precondition speaks of tcp LISTEN [::]:12000, which came to the attempted "
                 "port");
}

TEST(JudgeOfAWatch, ConcludesNothingWhenItWasCutShort) {
  Record record = good_watch();
  record.repetition->took = std::chrono::milliseconds(3'500);
  expect_verdict(record, Verdict::inconclusive,
                 "the attempts went on for 3.5 s only, not for 64 s");
}

TEST(Judge, ForgetsAnEarlierVerdict) {
  Record record = good_record();
  record.verdict = Verdict::fail;
  record.reason = "an old reason";
  expect_verdict(record, Verdict::pass, "");
}

}  // namespace
}  // namespace timewait
