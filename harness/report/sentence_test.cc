#include "harness/report/sentence.h"

#include <gtest/gtest.h>

#include "harness/scenario/step_parser.h"
#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

ActorPlace at(ActorPlace::Side side, const char* address) {
  return {.side = side, .endpoint = *Endpoint::parse(address)};
}

const Cell kCell{.actors = {
                     {.name = "server",
                      .program = {.role = Role::listens},
                      .place = at(ActorPlace::Side::local, "0.0.0.0:12000")},
                     {.name = "client",
                      .program = {.role = Role::connects},
                      .place = at(ActorPlace::Side::remote, "127.0.0.1:12000")},
                     {.name = "pair",
                      .program = {.role = Role::binds},
                      .place = at(ActorPlace::Side::local, "[::1]:1")},
                     {.name = "peer", .program = {.role = Role::scripted}, .place = {}},
                     {.name = "nc", .program = {.role = Role::foreign}, .place = {}},
                     {.name = "learner",
                      .program = {.role = Role::scripted},
                      .place = at(ActorPlace::Side::local, "0.0.0.0:0"),
                      .place_word = "$first"},
                 }};

std::string sentence_for(const std::string& line) {
  const SourceText source("a.toml", line);
  return sentence_of(parse_step(source, 1, tokens_of({.at = {}, .text = source.line(1)})), kCell);
}

TEST(Sentence, SaysWhatAStepDoes) {
  const struct {
    const char* line;
    const char* sentence;
  } rows[] = {
      {"server runs message_server with both",
       "server starts message_server with SO_REUSEADDR and SO_REUSEPORT; the script goes on when "
       "the kernel shows its listener at 0.0.0.0:12000"},
      {"client runs message_client",
       "client starts message_client; the script goes on when the kernel shows its connection to "
       "127.0.0.1:12000"},
      {"pair runs two_listeners",
       "pair starts two_listeners; the script goes on when it says that its sockets are there"},
      {"peer runs peer", "peer starts peer, which makes single calls when told to"},
      {"nc runs nc -l 80", "nc starts nc -l 80"},
      {"nc listens on 0.0.0.0:80", "nc is to be looked for at 0.0.0.0:80"},
      {"nc listens on 127.0.0.1:$first", "nc is to be looked for at 127.0.0.1:$first"},
      {"await learner LISTEN", "until the kernel shows LISTEN for learner at $first"},
      {"rebind $first", "the attempt: a new socket with no option, bind and listen at $first"},
      {"nc connects to 127.0.0.1:80", "nc is to be looked for as a client of 127.0.0.1:80"},
      {"client types good morning", "client reads the line \"good morning\""},
      {"client ends its input", "client sees the end of its input, as from Ctrl+D"},
      {"peer calls bind a 0.0.0.0:1", "peer makes one call: bind a 0.0.0.0:1"},
      {"peer calls recv a 1 giving ECONNRESET",
       "peer makes one call: recv a 1, which must give ECONNRESET"},
      {"peer calls getsockname a as first",
       "peer makes one call: getsockname a; its address is called first from here on"},
      {"peer calls connect a $first until 0",
       "peer makes the call connect a $first again and again until it gives 0"},
      {"server accepts", "until server has accepted every connection"},
      {"server has 40 unread", "until 40 bytes for server lie unread in the kernel"},
      {"server has 58 s left", "until the timer of the mini-socket of server has 58 seconds left"},
      {"server prints ready now", "until server has printed \"ready now\""},
      {"server gets SIGSTOP", "server is held where it stands (SIGSTOP)"},
      {"server gets SIGCONT", "server may go on (SIGCONT)"},
      {"server gets SIGINT", "server gets SIGINT, as from Ctrl+C"},
      {"server gets SIGTERM", "server gets SIGTERM"},
      {"server group gets SIGKILL",
       "server with all its children is killed; the kernel closes what it had open"},
      {"server exits", "until server has ended with status 0"},
      {"server dies of SIGKILL", "until server has ended by SIGKILL"},
      {"server fails with bind:EADDRINUSE", "until server has ended because of bind:EADDRINUSE"},
      {"server stays", "server keeps what it has open"},
      {"await client FIN_WAIT2", "until the kernel shows FIN_WAIT2 for client to 127.0.0.1:12000"},
      {"destroy server TIME_WAIT",
       "once the kernel shows TIME_WAIT for server at 0.0.0.0:12000, it is told to destroy them, "
       "as by ss -K"},
      {"loopback goes down", "the loopback link goes down, no segment arrives any more"},
      {"loopback goes up", "the loopback link comes up, segments arrive again"},
      {"forge reset for server",
       "a forged reset with the right sequence number comes to the TIME_WAIT of server"},
      {"replay fin for server",
       "the last FIN of the other end comes to the TIME_WAIT of server once more"},
      {"route 192.0.2.1 goes through 10.0.0.1",
       "the sandbox sends what is for 192.0.2.1 to the router 10.0.0.1, which is not there"},
      {"device va has 10.9.0.1", "the sandbox gets a network device va with the address 10.9.0.1"},
      {"counter TCP:tw is 1", "until the kernel has counted 1 of TCP:tw"},
      {"sysctl net.ipv4.tcp_rfc1337 = 1", "the sandbox sets net.ipv4.tcp_rfc1337 = 1"},
      {"sandbox is unprivileged",
       "goes on only where programs are not the machine's root; else the cell is skipped"},
      {"precondition server LISTEN, 2 TIME_WAIT",
       "the kernel must show exactly 2 TIME_WAIT, LISTEN for server at 0.0.0.0:12000, or nothing "
       "is "
       "concluded"},
      {"rebind", "the attempt: a new socket with no option, bind and listen at 0.0.0.0:12000"},
      {"rebind [::]:1 with reuseport",
       "the attempt: a new socket with SO_REUSEPORT, bind and listen at [::]:1"},
      {"rebind until bound after 60 s with reuseport",
       "the attempt: a new socket with SO_REUSEPORT, bind and listen at 0.0.0.0:12000, again and "
       "again until they work, which must be after 60 seconds"},
      {"rebind for 64 s",
       "the attempt: a new socket with no option, bind and listen at 0.0.0.0:12000, again and "
       "again for 64 seconds"},
      {"server restarts with plain",
       "the attempt: server starts the same program again with no option"},
      {"pair tries two_listeners", "the attempt: pair starts two_listeners"},
      {"peer attempts getsockopt a SO_LINGER",
       "the attempt: peer makes one call, getsockopt a SO_LINGER; its answer is the outcome"},
      {"server executes itself", "the attempt: the child of server executes its program again"},
  };
  for (const auto& row : rows) EXPECT_EQ(sentence_for(row.line), row.sentence) << row.line;
}

}  // namespace
}  // namespace timewait
