#include "harness/run/model_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace timewait {
namespace {

using testing::HasSubstr;
using testing::Optional;

constexpr auto kServer = "127.0.0.1:12000";
constexpr auto kClient = "127.0.0.1:51000";

Endpoint at(const char* text) { return *Endpoint::parse(text); }

SocketEntry entry(std::uint64_t cookie, TcpState state, const char* local,
                  const char* remote = "0.0.0.0:0") {
  return {.state = state, .local = at(local), .remote = at(remote), .cookie = cookie};
}

/// A server that listens in step 0, accepts in step 1, closes in step 2, and an attempt in step 3;
/// the client's port is another one than the model chose.
Record record() {
  PredictionRecord predicted{.outcome = Outcome::failed(SocketCall::bind, EADDRINUSE),
                             .why = {verbatim("It is in use.")}};
  const auto moment = [](std::size_t step, std::optional<TcpState> state, const char* local,
                         const char* remote) {
    return PredictedSocket::Moment{step, state, at(local), at(remote)};
  };
  predicted.sockets.push_back(
      {.moments = {moment(0, TcpState::bound, "0.0.0.0:12000", "0.0.0.0:0"),
                   moment(0, TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0"),
                   moment(2, {}, "0.0.0.0:12000", "0.0.0.0:0")}});
  predicted.sockets.push_back(
      {.moments = {moment(1, TcpState::established, kServer, "127.0.0.1:40000"),
                   moment(2, TcpState::fin_wait1, kServer, "127.0.0.1:40000"),
                   moment(2, TcpState::fin_wait2, kServer, "127.0.0.1:40000")}});
  Record record{.outcome = predicted.outcome, .predicted = predicted};
  record.steps = {{.text = "server listens"},
                  {.text = "client connects"},
                  {.text = "server closes"},
                  {.text = "precondition"},
                  {.text = "rebind"}};
  return record;
}

TEST(ModelDisagreement, IsNoneWhereAllIsAsPredicted) {
  Record all = record();
  all.steps[0].table = {entry(1, TcpState::listen, "0.0.0.0:12000")};
  all.steps[1].table = {entry(1, TcpState::listen, "0.0.0.0:12000"),
                        entry(2, TcpState::established, kServer, kClient)};
  all.steps[2].table = {entry(2, TcpState::fin_wait2, kServer, kClient)};
  EXPECT_EQ(model_disagreement(all), std::nullopt);
}

TEST(ModelDisagreement, IsNoneWhereTheKernelIsLate) {
  Record late = record();
  late.steps[2].table = {entry(1, TcpState::listen, "0.0.0.0:12000"),
                         entry(2, TcpState::fin_wait1, kServer, kClient)};
  EXPECT_EQ(model_disagreement(late), std::nullopt);
}

TEST(ModelDisagreement, IsNoneWhereARequestHasAnotherCookieThanItsSocket) {
  Record asked = record();
  auto& accepted = asked.predicted->sockets[1].moments;
  accepted.insert(accepted.begin(), {1, TcpState::syn_recv, at(kServer), at("127.0.0.1:40000")});
  asked.steps[1].table = {entry(1, TcpState::listen, "0.0.0.0:12000"),
                          entry(2, TcpState::syn_recv, kServer, kClient)};
  asked.steps[2].table = {entry(3, TcpState::fin_wait2, kServer, kClient)};
  EXPECT_EQ(model_disagreement(asked), std::nullopt);
}

TEST(ModelDisagreement, IsNoneWhereItShowsLateWhichOfTwoSocketsIsWhich) {
  Record alike = record();
  const auto moment = [](std::size_t step, TcpState state) {
    return PredictedSocket::Moment{step, state, at(kServer), at("0.0.0.0:0")};
  };
  alike.predicted->sockets = {
      {.moments = {moment(0, TcpState::bound)}},
      {.moments = {moment(1, TcpState::bound), moment(2, TcpState::listen)}}};
  alike.steps[1].table = {entry(1, TcpState::bound, kServer), entry(2, TcpState::bound, kServer)};
  alike.steps[2].table = {entry(1, TcpState::listen, kServer), entry(2, TcpState::bound, kServer)};
  EXPECT_EQ(model_disagreement(alike), std::nullopt);
  alike.steps[2].table = {entry(1, TcpState::listen, kServer), entry(2, TcpState::listen, kServer)};
  EXPECT_THAT(model_disagreement(alike), Optional(HasSubstr("LISTEN, which the model does not")));
}

TEST(ModelDisagreement, IsNoneWithoutAPrediction) {
  Record unknown = record();
  unknown.predicted.reset();
  EXPECT_EQ(model_disagreement(unknown), std::nullopt);
}

TEST(ModelDisagreement, TellsAnOutcomeThatWasNotPredicted) {
  Record bound = record();
  bound.outcome = Outcome::bound();
  EXPECT_THAT(
      model_disagreement(bound),
      Optional(std::string("it predicts bind:EADDRINUSE, the kernel gave bound. It is in use.")));
}

TEST(ModelDisagreement, TellsAStateThatIsNotOnTheModelsWay) {
  Record strange = record();
  strange.steps[2].table = {entry(2, TcpState::time_wait, kServer, kClient)};
  EXPECT_THAT(model_disagreement(strange),
              Optional(std::string("after \"server closes\" tcp 127.0.0.1:12000 -> "
                                   "127.0.0.1:51000 is TIME_WAIT, which the model does not have "
                                   "there")));
}

TEST(ModelDisagreement, TellsAStateThatComesTooEarly) {
  Record early = record();
  early.steps[1].table = {entry(2, TcpState::fin_wait1, kServer, kClient)};
  EXPECT_THAT(model_disagreement(early), Optional(HasSubstr("is FIN_WAIT1")));
}

TEST(ModelDisagreement, TellsAnEntryThatGoesBack) {
  Record back = record();
  back.steps[2].table = {entry(2, TcpState::fin_wait2, kServer, kClient)};
  back.steps[3].table = {entry(2, TcpState::established, kServer, kClient)};
  EXPECT_THAT(model_disagreement(back), Optional(HasSubstr("after \"precondition\"")));
}

TEST(ModelDisagreement, TellsASecondConnectionWhereTheModelHasOne) {
  Record two = record();
  two.steps[1].table = {entry(2, TcpState::established, kServer, kClient),
                        entry(3, TcpState::established, kServer, "127.0.0.1:51001")};
  EXPECT_THAT(model_disagreement(two), Optional(HasSubstr("127.0.0.1:51001 is ESTABLISHED")));
}

TEST(ModelDisagreement, TellsAPortOfTheKernelsChoiceThatChanges) {
  Record other = record();
  other.steps[1].table = {entry(2, TcpState::established, kServer, kClient)};
  other.steps[2].table = {entry(2, TcpState::fin_wait2, kServer, "127.0.0.1:51001")};
  EXPECT_THAT(model_disagreement(other), Optional(HasSubstr("127.0.0.1:51001 is FIN_WAIT2")));
}

TEST(ModelDisagreement, LooksBeforeAndAfterTheAttemptWithoutEvidence) {
  Record after = record();
  after.table_before = {entry(2, TcpState::fin_wait2, kServer, kClient)};
  after.table_after = {entry(2, TcpState::time_wait, kServer, kClient)};
  EXPECT_THAT(model_disagreement(after), Optional(HasSubstr("after the attempt")));
  after.table_before = {entry(2, TcpState::close_wait, kServer, kClient)};
  EXPECT_THAT(model_disagreement(after), Optional(HasSubstr("before the attempt")));
}

TEST(ModelDisagreement, TellsWhatTheModelHasOnThePortAndNobodySawBeforeTheAttempt) {
  Record unseen = record();
  unseen.attempt_place.endpoint = at("127.0.0.1:12000");
  unseen.table_before = {entry(2, TcpState::fin_wait2, kServer, kClient)};
  EXPECT_EQ(model_disagreement(unseen), std::nullopt);
  unseen.table_before = {};
  EXPECT_EQ(model_disagreement(unseen),
            "before the attempt nothing is seen of tcp 127.0.0.1:12000 -> 127.0.0.1:40000, which "
            "is FIN_WAIT2 in the model");
  unseen.attempt_place.endpoint = at("127.0.0.1:12001");
  EXPECT_EQ(model_disagreement(unseen), std::nullopt);
}

TEST(ModelDisagreement, TellsATimeThatIsNotTheScripts) {
  using std::chrono::seconds;
  Record slow = record();
  slow.repetition = Repetition{.at_least = seconds(60), .at_most = seconds(62)};
  slow.predicted->bound_after = seconds(60);
  EXPECT_EQ(model_disagreement(slow), std::nullopt);
  slow.predicted->bound_after.reset();
  EXPECT_EQ(model_disagreement(slow), "it does not say when the port is free");
  slow.predicted->bound_after = seconds(2);
  EXPECT_THAT(model_disagreement(slow), Optional(HasSubstr("it predicts bound after 2.00 s")));
}

TEST(ModelDisagreement, TellsWhereTheModelDoesNotFollowTheScript) {
  Record lost = record();
  lost.predicted->outcome.reset();
  lost.predicted->trouble = "\"server exits\": server does not end in the model";
  EXPECT_EQ(model_disagreement(lost), lost.predicted->trouble);
}

}  // namespace
}  // namespace timewait
