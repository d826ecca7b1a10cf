#include <gtest/gtest.h>

#include "harness/run/test_judged_record.h"

namespace timewait {
namespace {

TEST(Judge, PassesWhenTheOutcomeIsTheExpectedOne) { expect_pass(good_record()); }

TEST(Judge, FailsWhenTheOutcomeDiffers) {
  Record record = good_record();
  record.outcome = Outcome::bound();
  expect_fail(record, "expected bind:EADDRINUSE, got bound");
}

TEST(Judge, FailsWhenAnotherCallFailedWithTheSameErrno) {
  Record record = good_record();
  record.outcome = Outcome::failed(SocketCall::listen, EADDRINUSE);
  expect_fail(record, "expected bind:EADDRINUSE, got listen:EADDRINUSE");
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

TEST(Judge, DoesNotCareWhatWasPromised) {
  Record record = good_record();
  record.promised = Outcome::bound();
  expect_pass(record);
}

TEST(Judge, MakesAnErrorOfAnAttemptWithoutAnOutcome) {
  Record record = good_record();
  record.outcome.reset();
  expect_error(record, "the attempt gave no outcome");
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
  expect_error(record,
               "the record contradicts itself: the precondition says that server was "
               "ESTABLISHED, TIME_WAIT, but its table has TIME_WAIT");
}

/// What the model says of a good record.
PredictionRecord good_prediction() {
  return {.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
          .why = {verbatim("It is held.")}};
}

TEST(Judge, PassesWhenTheModelSaysTheSame) {
  Record record = good_record();
  record.predicted = good_prediction();
  expect_pass(record);
}

TEST(Judge, FailsWhenOnlyTheModelSaysSomethingElse) {
  Record record = good_record();
  record.predicted = good_prediction();
  record.predicted->outcome = Outcome::bound();
  expect_fail(record, "model: it predicts bound, the kernel gave bind:EADDRINUSE. It is held.");
}

TEST(Judge, SaysNothingOfTheModelWhenTheKernelItselfIsNotAsExpected) {
  Record record = good_record();
  record.predicted = good_prediction();
  record.outcome = Outcome::bound();
  expect_fail(record, "expected bind:EADDRINUSE, got bound");
}

TEST(Judge, ForgetsAnEarlierVerdict) {
  Record record = good_record();
  record.verdict = Verdict::fail;
  record.reason = "an old reason";
  expect_pass(record);
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

}  // namespace
}  // namespace timewait
