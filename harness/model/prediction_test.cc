#include "harness/model/prediction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// The cell of a scenario with this script.
Cell cell_of(const std::string& script) {
  return read_scenario(SourceText("theme/name.toml",
                                  "title = \"A\"\nteaches = \"A.\"\nfrom = [\"ours\"]\n"
                                  "expect = \"bound\"\nscript = \"\"\"\n" +
                                      script + "\n\"\"\"\n"))
      .cells.front();
}

std::string outcome_of(const Prediction& prediction) {
  if (!prediction.not_modelled.empty()) return prediction.not_modelled;
  return prediction.outcome ? prediction.outcome->text() : prediction.trouble;
}

/// A chat server that was killed while its client held the connection, which then ended, too.
constexpr const char* kServerKilled =
    "client runs chat_client\nserver accepts\nclient gets SIGSTOP\nserver gets SIGKILL\n"
    "server dies of SIGKILL\nawait server FIN_WAIT2\nclient gets SIGCONT\nclient exits\n"
    "precondition server TIME_WAIT\n";

TEST(Prediction, ComesFromTheScriptAlone) {
  const std::string plain = std::string("server runs chat_server\n") + kServerKilled;
  const std::string reuse = std::string("server runs chat_server with reuseaddr\n") + kServerKilled;
  const struct {
    const char* name;
    std::string script;
    const char* outcome;
  } rows[] = {
      {"neither", plain + "server restarts", "bind:EADDRINUSE"},
      {"new one only", plain + "server restarts with reuseaddr", "bind:EADDRINUSE"},
      {"old one only", reuse + "rebind", "bind:EADDRINUSE"},
      {"both", reuse + "server restarts with reuseaddr", "bound"},
      {"another address", plain + "rebind 127.0.0.2:5120", "bound"},
      {"nobody was there",
       "server runs message_server\nserver gets SIGINT\nserver dies of SIGINT\n"
       "precondition server nothing\nrebind",
       "bound"},
      {"single call",
       "server runs peer\nserver calls socket s\nserver attempts getsockopt s "
       "SO_REUSEADDR",
       "getsockopt:0"},
      {"forked child that executes itself",
       "server runs daytime_server --until-told\nclient runs daytime_client\nclient exits\n"
       "server exits\nprecondition server TIME_WAIT\nserver executes itself",
       "bound"},
      {"address that was learnt",
       "server runs peer\nserver calls socket s\nserver calls bind s 127.0.0.1:0\n"
       "server calls getsockname s as here\nprecondition server BOUND\nrebind $here",
       "bind:EADDRINUSE"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(outcome_of(predict(cell_of(row.script))), row.outcome) << row.name;
}

TEST(Prediction, HasTheLifeOfEachSocket) {
  const Prediction prediction =
      predict(cell_of(std::string("server runs chat_server\n") + kServerKilled + "rebind"));
  ASSERT_GE(prediction.sockets.size(), 3U);
  std::vector<std::string> server;
  for (const PredictedSocket& socket : prediction.sockets)
    if (socket.last_alive().local.text() == "127.0.0.1:5120")
      for (const auto& moment : socket.moments)
        server.push_back(std::string(moment.state ? kTcpStates.name(*moment.state) : "gone") + " " +
                         std::to_string(moment.step));
  EXPECT_THAT(server, testing::ElementsAre("SYN_RECV 1", "ESTABLISHED 1", "FIN_WAIT1 4",
                                           "FIN_WAIT2 4", "TIME_WAIT 7"));
}

TEST(Prediction, NamesWhatIsInTheWayAndTheRules) {
  const Prediction prediction =
      predict(cell_of(std::string("server runs chat_server\n") + kServerKilled + "rebind"));
  ASSERT_TRUE(prediction.conflict);
  EXPECT_EQ(prediction.conflict->entry.state, TcpState::time_wait);
  EXPECT_THAT(prediction.rules, testing::Contains(Rule::port_is_taken));
}

/// The names of the rules that decide.
std::vector<std::string_view> rules_of(const std::string& script) {
  std::vector<std::string_view> names;
  for (const Rule rule : predict(cell_of(script)).rules) names.push_back(row_of(rule).name);
  return names;
}

TEST(Prediction, NamesTheRulesOfAllCallsOfAProgramThatIsBound) {
  const std::string killed =
      std::string("server runs chat_server with reuseaddr\n") + kServerKilled;
  EXPECT_THAT(rules_of(killed + "server restarts with reuseaddr"),
              ElementsAre("wildcard_covers_all", "both_reuseaddr", "listening_waits_for_syn",
                          "listening_asks_again"));
  EXPECT_THAT(rules_of("server runs daytime_server --until-told with reuseaddr\n"
                       "client runs daytime_client\nclient exits\nserver exits\n"
                       "precondition server TIME_WAIT\nserver executes itself"),
              ElementsAre("wildcard_covers_all", "both_reuseaddr", "listening_waits_for_syn",
                          "listening_asks_again"));
}

TEST(Prediction, NamesEachRuleOnce) {
  EXPECT_THAT(rules_of(std::string("server runs chat_server with reuseaddr\n") + kServerKilled +
                       "rebind 127.0.0.1:5120 with reuseaddr"),
              ElementsAre("same_address", "both_reuseaddr", "listening_waits_for_syn",
                          "listening_asks_again"));
}

TEST(Prediction, IsAnotherWithoutARule) {
  const Cell cell = cell_of(std::string("server runs chat_server with reuseaddr\n") +
                            kServerKilled + "server restarts with reuseaddr");
  EXPECT_EQ(outcome_of(predict(cell, {.broken = {Rule::both_reuseaddr}})), "bind:EADDRINUSE");
}

TEST(Prediction, IsAnotherOfAKernelThatIgnoresAnOption) {
  const Cell cell = cell_of(std::string("server runs chat_server with reuseaddr\n") +
                            kServerKilled + "server restarts with reuseaddr");
  EXPECT_EQ(outcome_of(predict(cell, {.traits = {.ignores = "SO_REUSEADDR"}})), "bind:EADDRINUSE");
}

TEST(Prediction, SaysWhereTheModelDoesNotFollowTheScript) {
  const struct {
    const char* script;
    const char* trouble;
  } rows[] = {
      {"server runs message_server\nprecondition server TIME_WAIT\nrebind",
       "\"precondition server TIME_WAIT\": before the attempt server has LISTEN in the model, not "
       "TIME_WAIT"},
      {"server runs message_server\nserver exits\nprecondition server nothing\nrebind",
       "\"server exits\": server does not end in the model"},
      {"server runs peer\nserver calls socket s\nserver calls listen s giving EINVAL\n"
       "server attempts getsockopt s SO_ERROR",
       "\"server calls listen s giving EINVAL\": it gives 0 in the model"},
      {"server runs message_server\nserver has 4 unread\nprecondition server LISTEN\nrebind",
       "\"server has 4 unread\": no connection of server has 4 unread bytes in the model"},
  };
  for (const auto& row : rows) EXPECT_EQ(predict(cell_of(row.script)).trouble, row.trouble);
}

TEST(Prediction, IsNoneOfAProgramThatTheModelDoesNotKnow) {
  const Prediction prediction = predict(cell_of(
      "server runs nginx\nserver listens on 127.0.0.1:80\nprecondition server LISTEN\nrebind"));
  EXPECT_EQ(prediction.not_modelled, "the model does not know nginx");
  EXPECT_FALSE(prediction.outcome);
}

TEST(Prediction, IsNoneOfASysctlThatTheModelDoesNotKnow) {
  EXPECT_THAT(predict(cell_of("sysctl net.ipv4.tcp_no_such_thing = 1\n"
                              "server runs message_server\nprecondition server LISTEN\nrebind"))
                  .not_modelled,
              HasSubstr("tcp_no_such_thing"));
}

TEST(Prediction, KnowsWhenAPortThatWaitsIsFree) {
  const Prediction prediction = predict(cell_of(std::string("server runs chat_server\n") +
                                                kServerKilled + "rebind until bound after 60 s"));
  EXPECT_EQ(outcome_of(prediction), "bound");
  ASSERT_TRUE(prediction.bound_after);
  EXPECT_EQ(std::chrono::duration_cast<std::chrono::seconds>(*prediction.bound_after).count(), 60);
}

}  // namespace
}  // namespace timewait
