// What is said about a step that is wrong: the word, its place, and what could stand there.

#include <gmock/gmock.h>

#include "harness/scenario/test_parsed_step.h"
#include "harness/scenario/test_source_error.h"

namespace timewait {
namespace {

/// What is said of the word at `column` of a line.
std::string message(int column, const std::string& what, const std::string& line) {
  return error_at(SourceText("a.toml", line), {.line = 1, .column = column}, what);
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
    EXPECT_EQ(step_error(row.line), message(row.column, row.what, row.line));
}

TEST(StepParser, ListsTheVerbsWhenThereIsNoSuchVerb) {
  const std::string verbs =
      "the verbs are runs, listens, connects, types, ends, calls, accepts, has, prints, gets, "
      "group, exits, dies, fails, stays, await, destroy, loopback, forge, replay, sysctl, device, "
      "route, counter, sandbox, precondition, rebind, restarts, tries, attempts, executes";
  EXPECT_EQ(step_error("server jumps high"),
            message(8, "unknown verb \"jumps\"; " + verbs, "server jumps high"));
  EXPECT_EQ(step_error("sleep"), message(1, "unknown verb \"sleep\"; " + verbs, "sleep"));
}

TEST(StepParser, PointsAtTheWordOfAListThatIsWrong) {
  EXPECT_THAT(step_error("precondition server LISTEN, 2 TIMEWAIT"),
              testing::StartsWith("a.toml:1:31: \"TIMEWAIT\" does not fit a list of states"));
}

}  // namespace
}  // namespace timewait
