#include "harness/scenario/step_parser.h"

#include <gmock/gmock.h>

#include <csignal>
#include <set>

#include "harness/scenario/test_parsed_step.h"
#include "harness/scenario/verb_table.h"

namespace timewait {
namespace {

using testing::ElementsAre;

TEST(StepParser, ReadsEveryVerb) {
  const struct {
    const char* line;
    Verb verb;
  } rows[] = {
      {"server runs message_server", Verb::runs},
      {"server listens on 127.0.0.1:12000", Verb::listens_on},
      {"client connects to 127.0.0.1:12000", Verb::connects_to},
      {"client types hello", Verb::types},
      {"client ends its input", Verb::ends_input},
      {"server calls socket a", Verb::calls},
      {"server calls getsockname a as first", Verb::learns},
      {"server calls connect a 127.0.0.1:1 until 0", Verb::calls_until},
      {"server accepts", Verb::accepts},
      {"server has 40 unread", Verb::has_unread},
      {"server has 58 s left", Verb::timer_left},
      {"server prints ready", Verb::prints},
      {"server gets SIGSTOP", Verb::gets},
      {"server group gets SIGKILL", Verb::group_gets},
      {"server exits", Verb::exits},
      {"server dies of SIGKILL", Verb::dies_of},
      {"server fails with bind:EADDRINUSE", Verb::fails_with},
      {"server stays", Verb::stays},
      {"await server LISTEN", Verb::await},
      {"destroy server TIME_WAIT", Verb::destroy},
      {"loopback goes down", Verb::loopback},
      {"forge reset for server", Verb::forge_reset},
      {"replay fin for server", Verb::replay_fin},
      {"sysctl net.ipv4.tcp_fin_timeout = 5", Verb::sysctl},
      {"device va has 10.9.0.1", Verb::device},
      {"route 192.0.2.1 goes through 10.0.0.1", Verb::route},
      {"counter TCP:tw is 1", Verb::counter},
      {"sandbox is unprivileged", Verb::unprivileged},
      {"precondition server TIME_WAIT", Verb::precondition},
      {"rebind", Verb::rebind},
      {"rebind 127.0.0.1:12000", Verb::rebind},
      {"rebind until bound after 60 s", Verb::rebind_until_bound},
      {"rebind for 64 s", Verb::rebind_for},
      {"server restarts", Verb::restarts},
      {"other tries message_server", Verb::tries},
      {"server attempts getsockopt s SO_LINGER", Verb::attempts},
      {"server executes itself", Verb::executes_itself},
  };
  std::set<Verb> read;
  for (const auto& row : rows) {
    const Step step = parsed(row.line);
    EXPECT_EQ(step.verb, row.verb) << row.line;
    EXPECT_EQ(step.text, row.line);
    read.insert(step.verb);
  }
  for (const VerbRow& row : verb_table())
    EXPECT_TRUE(read.contains(row.verb)) << row.pattern.text();
}

TEST(StepParser, TakesActorAndProgramFromTheirPlaces) {
  const Step step = parsed("server runs message_server --at 127.0.0.1:1");
  EXPECT_EQ(step.actor, "server");
  EXPECT_THAT(step.words, ElementsAre("message_server", "--at", "127.0.0.1:1"));
  EXPECT_EQ(step.options, std::nullopt);
}

TEST(StepParser, TakesTheOptionFromTheEndOfALongLine) {
  const Step runs = parsed("server runs nc -l 1 with both");
  EXPECT_THAT(runs.words, ElementsAre("nc", "-l", "1"));
  EXPECT_EQ(runs.options, OptionSet::both);
  const Step calls = parsed("server calls bind a 127.0.0.1:1 giving EADDRINUSE");
  EXPECT_THAT(calls.words, ElementsAre("bind", "a", "127.0.0.1:1"));
  EXPECT_EQ(calls.result, "EADDRINUSE");
}

TEST(StepParser, ReadsTheCallOfAnAttempt) {
  const Step step = parsed("server attempts setsockopt s SO_LINGER 1:0");
  EXPECT_EQ(step.actor, "server");
  EXPECT_THAT(step.words, ElementsAre("setsockopt", "s", "SO_LINGER", "1:0"));
  EXPECT_EQ(step.call, parse_call(step.words));
}

TEST(StepParser, ReadsWhatACallIsToGive) {
  EXPECT_EQ(parsed("server calls close a").result, "");
  EXPECT_EQ(parsed("server calls recv a 1 giving ECONNRESET").result, "ECONNRESET");
  EXPECT_EQ(parsed("server calls recv a 40 giving 0").result, "0");
  EXPECT_EQ(parsed("server calls getsockopt a SO_LINGER giving -1").result, "-1");
  EXPECT_EQ(parsed("server calls getsockname a giving [0:0::1]:1").result, "[::1]:1");
  EXPECT_EQ(parsed("server calls getsockname a giving 127.0.0.1:$at").result, "127.0.0.1:$at");
  const Step until = parsed("server calls connect a 127.0.0.1:1 until EISCONN");
  EXPECT_EQ(until.result, "EISCONN");
  EXPECT_THAT(until.words, ElementsAre("connect", "a", "127.0.0.1:1"));
}

TEST(StepParser, ReadsTheNameOfAnAddressThatIsLearnt) {
  const Step step = parsed("server calls getpeername a as the-other");
  EXPECT_EQ(step.name, "the-other");
  EXPECT_THAT(step.words, ElementsAre("getpeername", "a"));
  EXPECT_EQ(step.call->name, CallName::getpeername);
}

TEST(StepParser, KeepsTheWordOfAnAddressThatIsNotKnownYet) {
  const Step call = parsed("server calls bind a 127.0.0.2:$first");
  EXPECT_THAT(call.words, ElementsAre("bind", "a", "127.0.0.2:$first"));
  EXPECT_EQ(call.call->address.text(), "127.0.0.2:0");
  EXPECT_EQ(parsed("server calls connect a $first").call->address, Endpoint());
  const Step rebind = parsed("rebind $first with reuseaddr");
  EXPECT_EQ(rebind.endpoint, std::nullopt);
  EXPECT_THAT(rebind.words, ElementsAre("$first"));
}

TEST(StepParser, ReadsDevicesRoutesAndCounters) {
  const Step device = parsed("device va has 10.9.0.1");
  EXPECT_EQ(device.name, "va");
  EXPECT_EQ(device.endpoint->text(), "10.9.0.1:0");
  EXPECT_EQ(parsed("device va has fd09::1").endpoint->text(), "[fd09::1]:0");
  const Step route = parsed("route 192.0.2.1 goes through 10.0.0.1");
  EXPECT_EQ(route.endpoint->text(), "192.0.2.1:0");
  EXPECT_EQ(route.gateway->text(), "10.0.0.1:0");
  const Step counter = parsed("counter TcpExt:TCPAbortOnClose is 2");
  EXPECT_EQ(counter.name, "TcpExt:TCPAbortOnClose");
  EXPECT_EQ(counter.number, 2);
}

TEST(StepParser, ReadsRebindWithAndWithoutAnAddressAndOptions) {
  EXPECT_EQ(parsed("rebind").endpoint, std::nullopt);
  EXPECT_EQ(parsed("rebind with reuseport").options, OptionSet::reuseport);
  EXPECT_EQ(parsed("rebind [::]:80").endpoint->text(), "[::]:80");
  const Step both = parsed("rebind 127.0.0.1:80 with plain");
  EXPECT_EQ(both.endpoint->text(), "127.0.0.1:80");
  EXPECT_EQ(both.options, OptionSet::plain);
}

TEST(StepParser, ReadsTheOptionsOfAttempts) {
  EXPECT_EQ(parsed("server restarts with both").options, OptionSet::both);
  EXPECT_EQ(parsed("other tries chat_server with plain").options, OptionSet::plain);
}

TEST(StepParser, ReadsNumbersSignalsAndStates) {
  EXPECT_EQ(parsed("server has 40 unread").number, 40);
  EXPECT_EQ(parsed("server exits").number, 0);
  EXPECT_EQ(parsed("server exits with 22").number, 22);
  EXPECT_EQ(parsed("server gets SIGINT").number, SIGINT);
  EXPECT_EQ(parsed("server group gets SIGKILL").number, SIGKILL);
  EXPECT_EQ(parsed("server dies of SIGTERM").number, SIGTERM);
  EXPECT_EQ(parsed("loopback goes up").number, 1);
  EXPECT_EQ(parsed("loopback goes down").number, 0);
  EXPECT_EQ(parsed("await server LISTEN, 2 TIME_WAIT").states.text(), "2 TIME_WAIT, LISTEN");
  EXPECT_EQ(parsed("precondition server nothing").states.text(), "nothing");
}

TEST(StepParser, ReadsHowLongAnAttemptIsRepeated) {
  const Step until = parsed("rebind until bound after 60 s with both");
  EXPECT_EQ(until.number, 60);
  EXPECT_EQ(until.options, OptionSet::both);
  EXPECT_EQ(parsed("rebind for 64 s").number, 64);
}

TEST(StepParser, ReadsTextsAddressesAndFailures) {
  EXPECT_EQ(parsed("client types good   morning").phrase, "good morning");
  EXPECT_EQ(parsed("server prints bind: Address in use").phrase, "bind: Address in use");
  EXPECT_EQ(parsed("server listens on [::1]:1").endpoint->text(), "[::1]:1");
  EXPECT_EQ(parsed("server fails with listen:EACCES").failure.text(), "listen:EACCES");
  const Step sysctl = parsed("sysctl net.ipv4.ip_local_port_range = 50000 50001");
  EXPECT_EQ(sysctl.name, "net.ipv4.ip_local_port_range");
  EXPECT_EQ(sysctl.phrase, "50000 50001");
}

TEST(StepParser, RemembersWhereTheStepStands) {
  const SourceText source("a.toml", "\n\n    server stays");
  const Step step = parse_step(source, 3, tokens_of({.at = {.line = 3}, .text = source.line(3)}));
  EXPECT_EQ(step.at.line, 3);
  EXPECT_EQ(step.at.column, 5);
}

}  // namespace
}  // namespace timewait
