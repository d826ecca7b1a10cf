#include "harness/scenario/step_parser.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <csignal>
#include <set>

#include "harness/scenario/tokens.h"
#include "harness/scenario/verb_table.h"

namespace timewait {
namespace {

using testing::ElementsAre;

Step parse(const std::string& line) {
  const SourceText source("a.toml", line);
  return parse_step(source, 1, tokens_of({.at = {}, .text = source.line(1)}));
}

/// What is said about a line that is wrong.
std::string error_of(const std::string& line) {
  try {
    parse(line);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

/// The message that stands in front of `line` with a caret below `column`.
std::string message(int column, const std::string& what, const std::string& line) {
  const std::string caret(static_cast<std::size_t>(column - 1), ' ');
  return "a.toml:1:" + std::to_string(column) + ": " + what + "\n  " + line + "\n  " + caret + "^";
}

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
    const Step step = parse(row.line);
    EXPECT_EQ(step.verb, row.verb) << row.line;
    EXPECT_EQ(step.text, row.line);
    read.insert(step.verb);
  }
  for (const VerbRow& row : verb_table())
    EXPECT_TRUE(read.contains(row.verb)) << row.pattern.text();
}

TEST(StepParser, TakesActorAndProgramFromTheirPlaces) {
  const Step step = parse("server runs message_server --at 127.0.0.1:1");
  EXPECT_EQ(step.actor, "server");
  EXPECT_THAT(step.words, ElementsAre("message_server", "--at", "127.0.0.1:1"));
  EXPECT_EQ(step.options, std::nullopt);
}

TEST(StepParser, TakesTheOptionFromTheEndOfALongLine) {
  const Step runs = parse("server runs nc -l 1 with both");
  EXPECT_THAT(runs.words, ElementsAre("nc", "-l", "1"));
  EXPECT_EQ(runs.options, OptionSet::both);
  const Step calls = parse("server calls bind a 127.0.0.1:1 giving EADDRINUSE");
  EXPECT_THAT(calls.words, ElementsAre("bind", "a", "127.0.0.1:1"));
  EXPECT_EQ(calls.result, "EADDRINUSE");
}

TEST(StepParser, ReadsTheCallOfAnAttempt) {
  const Step step = parse("server attempts setsockopt s SO_LINGER 1:0");
  EXPECT_EQ(step.actor, "server");
  EXPECT_THAT(step.words, ElementsAre("setsockopt", "s", "SO_LINGER", "1:0"));
  EXPECT_EQ(step.call, parse_call(step.words));
}

TEST(StepParser, ReadsWhatACallIsToGive) {
  EXPECT_EQ(parse("server calls close a").result, "");
  EXPECT_EQ(parse("server calls recv a 1 giving ECONNRESET").result, "ECONNRESET");
  EXPECT_EQ(parse("server calls recv a 40 giving 0").result, "0");
  EXPECT_EQ(parse("server calls getsockopt a SO_LINGER giving -1").result, "-1");
  EXPECT_EQ(parse("server calls getsockname a giving [0:0::1]:1").result, "[::1]:1");
  EXPECT_EQ(parse("server calls getsockname a giving 127.0.0.1:$at").result, "127.0.0.1:$at");
  const Step until = parse("server calls connect a 127.0.0.1:1 until EISCONN");
  EXPECT_EQ(until.result, "EISCONN");
  EXPECT_THAT(until.words, ElementsAre("connect", "a", "127.0.0.1:1"));
}

TEST(StepParser, ReadsTheNameOfAnAddressThatIsLearnt) {
  const Step step = parse("server calls getpeername a as the-other");
  EXPECT_EQ(step.name, "the-other");
  EXPECT_THAT(step.words, ElementsAre("getpeername", "a"));
  EXPECT_EQ(step.call->name, CallName::getpeername);
}

TEST(StepParser, KeepsTheWordOfAnAddressThatIsNotKnownYet) {
  const Step call = parse("server calls bind a 127.0.0.2:$first");
  EXPECT_THAT(call.words, ElementsAre("bind", "a", "127.0.0.2:$first"));
  EXPECT_EQ(call.call->address.text(), "127.0.0.2:0");
  EXPECT_EQ(parse("server calls connect a $first").call->address, Endpoint());
  const Step rebind = parse("rebind $first with reuseaddr");
  EXPECT_EQ(rebind.endpoint, std::nullopt);
  EXPECT_THAT(rebind.words, ElementsAre("$first"));
}

TEST(StepParser, ReadsDevicesRoutesAndCounters) {
  const Step device = parse("device va has 10.9.0.1");
  EXPECT_EQ(device.name, "va");
  EXPECT_EQ(device.endpoint->text(), "10.9.0.1:0");
  EXPECT_EQ(parse("device va has fd09::1").endpoint->text(), "[fd09::1]:0");
  const Step route = parse("route 192.0.2.1 goes through 10.0.0.1");
  EXPECT_EQ(route.endpoint->text(), "192.0.2.1:0");
  EXPECT_EQ(route.gateway->text(), "10.0.0.1:0");
  const Step counter = parse("counter TcpExt:TCPAbortOnClose is 2");
  EXPECT_EQ(counter.name, "TcpExt:TCPAbortOnClose");
  EXPECT_EQ(counter.number, 2);
}

TEST(StepParser, ReadsRebindWithAndWithoutAnAddressAndOptions) {
  EXPECT_EQ(parse("rebind").endpoint, std::nullopt);
  EXPECT_EQ(parse("rebind with reuseport").options, OptionSet::reuseport);
  EXPECT_EQ(parse("rebind [::]:80").endpoint->text(), "[::]:80");
  const Step both = parse("rebind 127.0.0.1:80 with plain");
  EXPECT_EQ(both.endpoint->text(), "127.0.0.1:80");
  EXPECT_EQ(both.options, OptionSet::plain);
}

TEST(StepParser, ReadsTheOptionsOfAttempts) {
  EXPECT_EQ(parse("server restarts with both").options, OptionSet::both);
  EXPECT_EQ(parse("other tries chat_server with plain").options, OptionSet::plain);
}

TEST(StepParser, ReadsNumbersSignalsAndStates) {
  EXPECT_EQ(parse("server has 40 unread").number, 40);
  EXPECT_EQ(parse("server exits").number, 0);
  EXPECT_EQ(parse("server exits with 22").number, 22);
  EXPECT_EQ(parse("server gets SIGINT").number, SIGINT);
  EXPECT_EQ(parse("server group gets SIGKILL").number, SIGKILL);
  EXPECT_EQ(parse("server dies of SIGTERM").number, SIGTERM);
  EXPECT_EQ(parse("loopback goes up").number, 1);
  EXPECT_EQ(parse("loopback goes down").number, 0);
  EXPECT_EQ(parse("await server LISTEN, 2 TIME_WAIT").states.text(), "2 TIME_WAIT, LISTEN");
  EXPECT_EQ(parse("precondition server nothing").states.text(), "nothing");
}

TEST(StepParser, ReadsHowLongAnAttemptIsRepeated) {
  const Step until = parse("rebind until bound after 60 s with both");
  EXPECT_EQ(until.number, 60);
  EXPECT_EQ(until.options, OptionSet::both);
  EXPECT_EQ(parse("rebind for 64 s").number, 64);
}

TEST(StepParser, ReadsTextsAddressesAndFailures) {
  EXPECT_EQ(parse("client types good   morning").phrase, "good morning");
  EXPECT_EQ(parse("server prints bind: Address in use").phrase, "bind: Address in use");
  EXPECT_EQ(parse("server listens on [::1]:1").endpoint->text(), "[::1]:1");
  EXPECT_EQ(parse("server fails with listen:EACCES").failure.text(), "listen:EACCES");
  const Step sysctl = parse("sysctl net.ipv4.ip_local_port_range = 50000 50001");
  EXPECT_EQ(sysctl.name, "net.ipv4.ip_local_port_range");
  EXPECT_EQ(sysctl.phrase, "50000 50001");
}

TEST(StepParser, RemembersWhereTheStepStands) {
  const SourceText source("a.toml", "\n\n    server stays");
  const Step step = parse_step(source, 3, tokens_of({.at = {.line = 3}, .text = source.line(3)}));
  EXPECT_EQ(step.at.line, 3);
  EXPECT_EQ(step.at.column, 5);
}

TEST(StepParser, PointsAtTheWordThatIsWrong) {
  const struct {
    const char* line;
    int column;
    const char* what;
  } rows[] = {
      {"server runs", 12, "this step wants: ACTOR runs PROGRAM... [with OPTIONS]"},
      {"Server runs peer", 1, "\"Server\" is no actor's name: small letters, digits, - and _"},
      {"server runs peer with luck", 23,
       "\"luck\" is no option set; there are plain, reuseaddr, reuseport, both"},
      {"server listens", 15, "this step wants: ACTOR listens on ADDRESS"},
      {"server listens at 1.2.3.4:1", 16,
       "\"at\" stands where \"on\" should; this step wants: ACTOR listens on ADDRESS"},
      {"server listens on port 80", 19,
       "\"port\" is no address; write 127.0.0.1:12000 or [::1]:12000"},
      {"server ends its life", 17,
       "\"life\" stands where \"input\" should; this step wants: ACTOR ends its input"},
      {"server calls bind giving EADDRINUSE", 19, "the call is: bind NAME ADDRESS"},
      {"server calls bind a 127.0.0.1:1 giving EUSED", 40,
       "\"EUSED\" is nothing that a call gives; write EADDRINUSE, 40 or 127.0.0.1:12000"},
      {"server calls bind a 127.0.0.1:1 giving $", 40,
       "\"$\" is nothing that a call gives; write EADDRINUSE, 40 or 127.0.0.1:12000"},
      {"server calls fly a", 14,
       "\"fly\" is none of socket, set, bind, listen, accept, connect, disconnect, send, recv, "
       "shutdown, linger, setsockopt, getsockopt, getsockname, getpeername, poll, nonblock, dup, "
       "close, seteuid, unshare, exit"},
      {"server calls bind a here", 21, "\"here\" is not ADDRESS:PORT"},
      {"server attempts bind a", 23, "the call is: bind NAME ADDRESS"},
      {"server calls close a b c", 22, "the call is: close NAME"},
      {"server calls send a $first", 21, "\"$first\" is no address that can stand here"},
      {"server calls bind a nowhere:$first", 21,
       "\"nowhere:$first\" is no address that can stand here"},
      {"server calls getsockname a as $first", 31,
       "\"$first\" is no name for an address: small letters, digits, - and _"},
      {"server calls connect a 127.0.0.1:1 until", 36, "the call is: connect NAME ADDRESS"},
      {"rebind nowhere:$first", 8,
       "\"nowhere:$first\" is no address; write 127.0.0.1:12000 or [::1]:12000"},
      {"server has 0 s left", 12, "\"0\" is no whole number of seconds from 1 to 3600"},
      {"device va has 10.9.0.1/24", 15, "\"10.9.0.1/24\" is no address; write 10.9.0.1 or fd09::1"},
      {"device va has", 14, "this step wants: device NAME has IP"},
      {"route 192.0.2.0/24 goes through 10.0.0.1", 7,
       "\"192.0.2.0/24\" is no address; write 10.9.0.1 or fd09::1"},
      {"route 192.0.2.1 goes through nobody", 30,
       "\"nobody\" is no address; write 10.9.0.1 or fd09::1"},
      {"route 192.0.2.1 goes through fd09::1", 30,
       "\"fd09::1\" is no IPv4 address, and the kernel has no other routers on the loopback"},
      {"route fd09::2 goes through 10.0.0.1", 7,
       "\"fd09::2\" is no IPv4 address, and the kernel has no other routers on the loopback"},
      {"route 192.0.2.1 goes over 10.0.0.1", 22,
       "\"over\" stands where \"through\" should; this step wants: route IP goes through GATEWAY"},
      {"counter TCP:tw is none", 19, "\"none\" is no number"},
      {"forge syn for server", 7,
       "\"syn\" stands where \"reset\" should; this step wants: forge reset for ACTOR"},
      {"server accepts all", 16, "\"all\" is too much here; this step wants: ACTOR accepts"},
      {"server has many unread", 12, "\"many\" is no number"},
      {"server has -1 unread", 12, "\"-1\" is no number"},
      {"server has 99999999999 unread", 12, "\"99999999999\" is no number"},
      {"server has 4 left", 14,
       "\"left\" stands where \"unread\" should; this step wants: ACTOR has BYTES unread"},
      {"server gets KILL", 13, "\"KILL\" is no signal; write SIGKILL"},
      {"server exits with", 14,
       "\"with\" is too much here; this step wants: ACTOR exits [with STATUS]"},
      {"server exits with luck", 19, "\"luck\" is no number"},
      {"rebind for 1.5 s", 12, "\"1.5\" is no whole number of seconds from 1 to 3600"},
      {"rebind for 0 s", 12, "\"0\" is no whole number of seconds from 1 to 3600"},
      {"rebind for 3601 s", 12, "\"3601\" is no whole number of seconds from 1 to 3600"},
      {"rebind for 60 ms", 15,
       "\"ms\" stands where \"s\" should; this step wants: rebind for SECONDS s [with OPTIONS]"},
      {"rebind until bound after 60", 28,
       "this step wants: rebind until bound after SECONDS s [with OPTIONS]"},
      {"server dies", 12, "this step wants: ACTOR dies of SIGNAL"},
      {"server fails with bound", 19, "\"bound\" is no failed call; write bind:EADDRINUSE"},
      {"server fails with bind", 19, "\"bind\" is no failed call; write bind:EADDRINUSE"},
      {"server fails with recv:0", 19, "\"recv:0\" is no failed call; write bind:EADDRINUSE"},
      {"server attempts", 16, "this step wants: ACTOR attempts CALL..."},
      {"sandbox is root", 12,
       "\"root\" stands where \"unprivileged\" should; this step wants: sandbox is unprivileged"},
      {"loopback goes away", 15, "the loopback goes up or down, not \"away\""},
      {"loopback up", 12, "this step wants: loopback goes LINK"},
      {"sysctl net.core.somaxconn to 5", 27,
       "\"to\" stands where \"=\" should; this step wants: sysctl NAME = VALUE..."},
      {"rebind somewhere", 8, "\"somewhere\" is no address; write 127.0.0.1:12000 or [::1]:12000"},
      {"rebind with", 8, "\"with\" is too much here; this step wants: rebind [with OPTIONS]"},
      {"server executes", 16, "this step wants: ACTOR executes itself"},
      {"await server", 13, "this step wants: await ACTOR STATES..."},
      {"destroy server", 15, "this step wants: destroy ACTOR STATES..."},
      {"await server TIMEWAIT", 14,
       "\"TIMEWAIT\" does not fit a list of states such as \"LISTEN, 2 TIME_WAIT\" or \"nothing\"; "
       "the states are ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, BOUND, "
       "CLOSE_WAIT, LAST_ACK, LISTEN, CLOSING"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(error_of(row.line), message(row.column, row.what, row.line));
}

TEST(StepParser, ListsTheVerbsWhenThereIsNoSuchVerb) {
  const std::string verbs =
      "the verbs are runs, listens, connects, types, ends, calls, accepts, has, prints, gets, "
      "group, "
      "exits, dies, fails, stays, await, destroy, loopback, forge, replay, sysctl, device, route, "
      "counter, sandbox, precondition, rebind, restarts, "
      "tries, attempts, executes";
  EXPECT_EQ(error_of("server jumps high"),
            message(8, "unknown verb \"jumps\"; " + verbs, "server jumps high"));
  EXPECT_EQ(error_of("sleep"), message(1, "unknown verb \"sleep\"; " + verbs, "sleep"));
}

TEST(StepParser, PointsAtTheWordOfAListThatIsWrong) {
  EXPECT_THAT(error_of("precondition server LISTEN, 2 TIMEWAIT"),
              testing::StartsWith("a.toml:1:31: \"TIMEWAIT\" does not fit a list of states"));
}

}  // namespace
}  // namespace timewait
