#include "harness/report/ladder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "harness/report/message_pair_records.h"
#include "harness/report/record_examples.h"

namespace timewait {
namespace {

using testing::HasSubstr;

constexpr TextStyle kUnicode{.colour = false, .unicode = true, .width = 80};
constexpr TextStyle kAscii{.colour = false, .unicode = false, .width = 80};
constexpr TextStyle kColour{.colour = true, .unicode = true, .width = 80};
constexpr TextStyle kWide{.colour = false, .unicode = true, .width = 120};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(Ladder, ShowsHowTheServerClosesFirst) {
  EXPECT_EQ(ladder(server_closes_first(), kUnicode), R"(server-closes-first/first=plain,rebind=plain
The server closes first

  ms   server 0.0.0.0:12000                                     client
0.01              ╌╌ server runs message_server with plain ╌╌╌╌╌╌╌╌
0.09             ● starts message_server --with plain
0.71      LISTEN │
0.74             │╌╌ client runs message_client ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
0.82             │                           starts message_client ●
1.31             │◄───────────────────── SYN ──────────────────────│
1.32             │─────────────────── SYN, ACK ───────────────────►│
1.33             │◄─────────────── ACK seq 1 ack 1 ────────────────│
1.42 ESTABLISHED │                                                 │ ESTABLISHED
1.51             │╌╌ server gets SIGSTOP ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
1.52             ↯ gets SIGSTOP, stops                             │
1.62             │╌╌ client types hello ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
1.63             │╌╌ server has 40 unread ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
1.70             │◄────────────── PSH, ACK 40 bytes ───────────────│
1.71             │─────────────── ACK seq 1 ack 41 ───────────────►│
1.90             │╌╌ client gets SIGSTOP ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
1.91             │                             gets SIGSTOP, stops ↯
1.98             │╌╌ server gets SIGCONT ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
1.99             ↯ gets SIGCONT, goes on                           │
2.03             │╌╌ server exits → exit 0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
2.08             │────────────── PSH, ACK 40 bytes ───────────────►│
2.09             │◄────────────── ACK seq 41 ack 41 ───────────────│
2.10             │──────────── FIN, ACK seq 41 ack 41 ────────────►│
2.17   FIN_WAIT1 │                                                 │ CLOSE_WAIT
2.17 LISTEN gone │                                                 │
2.21             × ends, exit 0                                    │
2.30             ┊╌╌ client gets SIGCONT ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
2.31             ┊                           gets SIGCONT, goes on ↯
2.36             ┊╌╌ client exits → exit 0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
2.39             ┊◄────────────── ACK seq 41 ack 42 ───────────────│
2.41   FIN_WAIT2 ┊                                                 │
2.44             ┊◄──────────── FIN, ACK seq 41 ack 42 ────────────│
2.45             ┊────────────── ACK seq 42 ack 42 ───────────────►│
2.49   TIME_WAIT ┊                                                 │ LAST_ACK
2.53             ┊                                    ends, exit 0 ×
2.60             ┊                                                   (gone)
2.61             ┊╌╌ precondition client nothing ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.61             ┊╌╌ precondition server TIME_WAIT ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
2.66             ┊╌╌ rebind with plain → bind:EADDRINUSE ╌╌╌╌╌╌╌╌╌╌
2.68             ◆ socket(tcp) = 9
2.69             ◆ bind(0.0.0.0:12000) = -1 EADDRINUSE

✓ pass: bind:EADDRINUSE, as expected
held by TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40312, no process, 59.99 s left
)");
}

TEST(Ladder, PutsTheStepsBesideTheEventsWhereThereIsRoom) {
  EXPECT_EQ(ladder(server_closes_first(), kWide), R"(server-closes-first/first=plain,rebind=plain
The server closes first

  ms   server 0.0.0.0:12000                               client
0.09             ● starts message_server --with plain                       server runs message_server with plain
0.71      LISTEN │
0.82             │                     starts message_client ●              client runs message_client
1.31             │◄────────────────── SYN ───────────────────│
1.32             │──────────────── SYN, ACK ────────────────►│
1.33             │◄──────────── ACK seq 1 ack 1 ─────────────│
1.42 ESTABLISHED │                                           │ ESTABLISHED
1.52             ↯ gets SIGSTOP, stops                       │              server gets SIGSTOP
1.62             │                                           │              client types hello
1.70             │◄─────────── PSH, ACK 40 bytes ────────────│              server has 40 unread
1.71             │──────────── ACK seq 1 ack 41 ────────────►│
1.91             │                       gets SIGSTOP, stops ↯              client gets SIGSTOP
1.99             ↯ gets SIGCONT, goes on                     │              server gets SIGCONT
2.08             │─────────── PSH, ACK 40 bytes ────────────►│              server exits → exit 0
2.09             │◄─────────── ACK seq 41 ack 41 ────────────│
2.10             │───────── FIN, ACK seq 41 ack 41 ─────────►│
2.17   FIN_WAIT1 │                                           │ CLOSE_WAIT
2.17 LISTEN gone │                                           │
2.21             × ends, exit 0                              │
2.31             ┊                     gets SIGCONT, goes on ↯              client gets SIGCONT
2.39             ┊◄─────────── ACK seq 41 ack 42 ────────────│              client exits → exit 0
2.41   FIN_WAIT2 ┊                                           │
2.44             ┊◄───────── FIN, ACK seq 41 ack 42 ─────────│
2.45             ┊─────────── ACK seq 42 ack 42 ────────────►│
2.49   TIME_WAIT ┊                                           │ LAST_ACK
2.53             ┊                              ends, exit 0 ×
2.60             ┊                                             (gone)
2.61             ┊                                                          precondition client nothing
2.61             ┊                                                          precondition server TIME_WAIT
2.68             ◆ socket(tcp) = 9                                          rebind with plain → bind:EADDRINUSE
2.69             ◆ bind(0.0.0.0:12000) = -1 EADDRINUSE

✓ pass: bind:EADDRINUSE, as expected
held by TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40312, no process, 59.99 s left
)");
}

TEST(Ladder, IsNeverWiderThanItsStyle) {
  for (const bool unicode : {true, false})
    for (const int width : {40, 60, 80, 109, 110, 120, 200})
      for (const Record& record : record_examples())
        for (const std::string& line :
             lines_of(ladder(record, {.colour = false, .unicode = unicode, .width = width})))
          EXPECT_LE(display_width(line), width) << record.scenario << ": " << line;
}

TEST(Ladder, LeavesNoBlanksAtTheEndsOfLines) {
  for (const Record& record : record_examples())
    for (const std::string& line : lines_of(ladder(record, kWide)))
      EXPECT_FALSE(line.ends_with(' ')) << line;
}

TEST(Ladder, ManagesWithAscii) {
  const std::string text = ladder(server_closes_first(), kAscii);
  EXPECT_TRUE(std::ranges::all_of(text, [](char byte) { return byte > 0; })) << text;
  EXPECT_THAT(text, HasSubstr(
                        R"(2.03             |.. server exits -> exit 0 .......................|
2.08             |-------------- PSH, ACK 40 bytes --------------->|
2.09             |<-------------- ACK seq 41 ack 41 ---------------|
2.10             |------------ FIN, ACK seq 41 ack 41 ------------>|
2.17   FIN_WAIT1 |                                                 | CLOSE_WAIT
2.17 LISTEN gone |                                                 |
2.21             X ends, exit 0                                    |
2.30             :.. client gets SIGCONT ..........................|
2.31             :                           gets SIGCONT, goes on !
2.36             :.. client exits -> exit 0 .......................|
2.39             :<-------------- ACK seq 41 ack 42 ---------------|
)"));
}

TEST(Ladder, KeepsTheLifelinesStraightBesideChinese) {
  for (const int width : {60, 80, 120}) {
    const std::string text =
        ladder(in_chinese(), {.colour = false, .unicode = true, .width = width});
    std::set<int> columns;
    for (const std::string& line : lines_of(text))
      if (const auto at = line.rfind("│"); at != std::string::npos && line.find("│") != at)
        columns.insert(display_width(line.substr(0, at)));
    EXPECT_EQ(columns.size(), 1U) << text;
  }
}

TEST(Ladder, TellsConnectionsApartByThePortOfTheClient) {
  const std::string text = ladder(three_clients(), kUnicode);
  EXPECT_THAT(text, HasSubstr("3 clients\n"));
  EXPECT_THAT(text, HasSubstr("│── FIN, ACK seq 1 ack 1 :40314 ───►│\n"));
  EXPECT_THAT(text, HasSubstr("4.40   FIN_WAIT2 :40314 ┊                                   │ "
                              "CLOSE_WAIT :40314\n"));
  EXPECT_THAT(text, HasSubstr("4.70   TIME_WAIT :40314 ┊                                   │ "
                              "(gone) :40314\n"));
}

TEST(Ladder, DrawsTheLifelineThroughWhenAProcessIsThereAgain) {
  EXPECT_THAT(ladder(three_clients(), kUnicode),
              HasSubstr(
                  R"(4.72                    ┊╌╌ server restarts with reuseaddr ╌│
                        ┊   → bound                         │
4.80                    ● starts chat_server --with reusea… │
5.40             LISTEN │                                   │
5.41                    ◆ listen() = 0                      │
)"));
}

TEST(Ladder, SaysWhatThePortIsSharedWith) {
  EXPECT_THAT(ladder(three_clients(), kUnicode), testing::EndsWith(
                                                     R"(✓ pass: bound, as expected
shared with FIN_WAIT2 127.0.0.1:12000 -> 127.0.0.1:40312, no process
shared with TIME_WAIT 127.0.0.1:12000 -> 127.0.0.1:40314, no process, 59.99 s
  left, SO_REUSEADDR
shared with FIN_WAIT2 127.0.0.1:12000 -> 127.0.0.1:40316, no process
)"));
}

TEST(Ladder, ShowsASocketThatIsBothEnds) {
  EXPECT_THAT(ladder(connected_to_itself(), kUnicode),
              HasSubstr(
                  R"(0.50             │╌╌ server calls connect s 127.0.0.1:12000 → ok 0 ╌╌╌╌╌╌╌╌╌╌╌
0.51             ↺ SYN, to itself
0.51             ↺ SYN, ACK, to itself
0.60 ESTABLISHED │
0.70             │╌╌ server calls close s → ok 0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
0.71             ↺ FIN, ACK seq 1 ack 1, to itself
0.71             ↺ ACK seq 2 ack 2, to itself
0.75   TIME_WAIT │
)"));
}

TEST(Ladder, ShowsDatagramsAndWhatIsNeitherTcpNorUdp) {
  EXPECT_THAT(ladder(udp_exchange(), kUnicode), HasSubstr(
                                                    R"(0.20      BOUND │
0.30            │╌╌ client calls send c 5 → ok 5 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
0.31            │                                                 starts peer ●
0.32            │◄─────────────────────── UDP 5 bytes ────────────────────────│
0.40            │╌╌ server calls close s → ok 0 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│
0.45 BOUND gone │                                                             │
0.46            × ends, exit 0                                                │
0.46             ◄─────────────────────── UDP 5 bytes ────────────────────────│
0.47                    neither TCP nor UDP, 41 bytes, 127.0.0.1 to 127.0.0.1 ↺
)"));
}

TEST(Ladder, NamesTheChildrenOfAProcess) {
  EXPECT_THAT(ladder(child_keeps_the_listener(), kUnicode),
              HasSubstr(
                  R"(0.90             ● child 3 is forked
0.95             ● child 3 executes forking_server --idle
1.00             │╌╌ server gets SIGKILL ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
1.00             ↯ gets SIGKILL
1.10             × ends, killed by SIGKILL
1.20             │╌╌ rebind with plain → bind:EADDRINUSE ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
1.22             ◆ socket(tcp) = 9
1.23             ◆ bind(0.0.0.0:12000) = -1 EADDRINUSE
1.30             × child 3 ends
1.30 LISTEN gone
)"));
}

TEST(Ladder, PaintsTimeWaitAndWhatFailed) {
  const std::string text = ladder(server_closes_first(), kColour);
  EXPECT_THAT(text, HasSubstr("\033[33mTIME_WAIT\033[0m \033[33m┊\033[0m"));
  EXPECT_THAT(text, HasSubstr("\033[1;31mbind(0.0.0.0:12000) = -1 EADDRINUSE\033[0m"));
  EXPECT_THAT(text, HasSubstr("\n\033[32m✓\033[0m pass: "));
}

}  // namespace
}  // namespace timewait
