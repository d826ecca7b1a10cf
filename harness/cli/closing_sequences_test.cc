// What went over the wire and which states were seen, in which order, compared with the closing
// sequences of RFC 9293 (sections 3.6 and 3.5.2, figures 5, 12 and 13). On the real kernel, through
// the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/cli/timewait_command.h"

namespace timewait {
namespace {

using nlohmann::json;
using testing::ElementsAreArray;

using Words = std::vector<std::string>;

/// The record of one run of a cell, with all evidence.
json record_of(const std::string& cell) {
  const CommandResult result =
      run_timewait({"run", cell, "--no-out", "--evidence", "full", "--format", "json"});
  EXPECT_TRUE(result.end.is_success()) << result.end.text() << result.errors;
  const json run = json::parse(result.output, nullptr, false);
  return run.is_discarded() ? json() : run["records"][0];
}

bool is_server(const json& endpoint, const std::string& port) {
  return endpoint.get<std::string>().ends_with(":" + port);
}

/// The segments that open, close or reset, in order: "client SYN", "server SYN, ACK", "server FIN".
/// A retransmission counts once.
Words control_segments(const json& record, const std::string& port) {
  Words words;
  for (const json& event : record["timeline"]) {
    if (event["event"] != "segment") continue;
    const std::string flags = event["flags"];
    std::string word = is_server(event["from"], port) ? "server " : "client ";
    if (flags.find("SYN") != std::string::npos)
      word += flags;
    else if (flags.find("FIN") != std::string::npos)
      word += "FIN";
    else if (flags.find("RST") != std::string::npos)
      word += "RST";
    else
      continue;
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  return words;
}

/// The states of one end of the connection in the order in which they were seen.
Words states_of(const json& record, const std::string& port, bool of_server) {
  Words states;
  for (const json& event : record["timeline"]) {
    if (event["event"] != "table") continue;
    for (const json& entry : event["table"]) {
      const bool is_connection = !is_server(entry["remote"], "0");
      if (!is_connection || is_server(entry["local"], port) != of_server) continue;
      const auto state = entry["state"].get<std::string>();
      if (states.empty() || states.back() != state) states.push_back(state);
    }
  }
  return states;
}

/// True when `some` can be got from `all` by leaving words out.
bool is_part_of(const Words& some, const Words& all) {
  auto next = some.begin();
  for (const std::string& word : all)
    if (next != some.end() && *next == word) ++next;
  return next == some.end();
}

/// True when every FIN is acknowledged by a later segment of the other end, or answered by a reset.
bool all_fins_are_acknowledged(const json& record) {
  const json& timeline = record["timeline"];
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    const json& fin = timeline[i];
    if (fin["event"] != "segment" ||
        fin["flags"].get<std::string>().find("FIN") == std::string::npos)
      continue;
    const std::uint32_t end =
        fin["seq"].get<std::uint32_t>() + fin["length"].get<std::uint32_t>() + 1;
    const bool is_acknowledged = std::any_of(
        timeline.begin() + static_cast<std::ptrdiff_t>(i), timeline.end(), [&](const json& later) {
          return later["event"] == "segment" && later["from"] == fin["to"] &&
                 later["ack"].get<std::uint32_t>() >= end;
        });
    if (!is_acknowledged) return false;
  }
  return true;
}

struct Sequence {
  const char* name;
  std::string cell;
  Words segments;     ///< those that open, close and reset
  Words server_path;  ///< RFC 9293: what the server's end may go through, in this order
  Words client_path;  ///< and the client's
  Words server_must;  ///< what must have been seen of it, in this order
  Words client_must;
  bool fins_are_acknowledged = true;
};

class ClosingSequence : public testing::TestWithParam<Sequence> {};

const Words kOpening = {"client SYN", "server SYN, ACK"};

Words opened_and(Words rest) {
  Words all = kOpening;
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

TEST_P(ClosingSequence, IsThatOfTheStandard) {
  const Sequence& expected = GetParam();
  const std::string port = "12000";
  const bool is_chat = expected.cell.starts_with("client-closes") ||
                       expected.cell.starts_with("killed-with-a-quiet");
  const std::string server_port = is_chat ? "5120" : port;
  const json record = record_of(expected.cell);
  ASSERT_FALSE(record.is_null());
  ASSERT_TRUE(record["packets"].is_object());
  if (record["packets"].contains("not_captured")) GTEST_SKIP() << record["packets"];
  EXPECT_EQ(record["packets"]["dropped"], 0);
  EXPECT_THAT(control_segments(record, server_port), ElementsAreArray(expected.segments));
  EXPECT_EQ(all_fins_are_acknowledged(record), expected.fins_are_acknowledged);
  const Words server = states_of(record, server_port, true);
  const Words client = states_of(record, server_port, false);
  EXPECT_TRUE(is_part_of(server, expected.server_path)) << testing::PrintToString(server);
  EXPECT_TRUE(is_part_of(client, expected.client_path)) << testing::PrintToString(client);
  EXPECT_TRUE(is_part_of(expected.server_must, server)) << testing::PrintToString(server);
  EXPECT_TRUE(is_part_of(expected.client_must, client)) << testing::PrintToString(client);
}

const Words kActive = {"SYN_RECV",  "SYN_SENT",  "ESTABLISHED",
                       "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT"};
const Words kPassive = {"SYN_RECV", "SYN_SENT", "ESTABLISHED", "CLOSE_WAIT", "LAST_ACK"};
const Words kAtOnce = {"SYN_RECV", "SYN_SENT", "ESTABLISHED", "FIN_WAIT1", "CLOSING", "TIME_WAIT"};
const Words kReset = {"SYN_RECV", "SYN_SENT", "ESTABLISHED"};

INSTANTIATE_TEST_SUITE_P(
    Rfc9293, ClosingSequence,
    testing::Values(
        Sequence{.name = "ServerFirst",
                 .cell = "server-closes-first/first=plain,rebind=plain",
                 .segments = opened_and({"server FIN", "client FIN"}),
                 .server_path = kActive,
                 .client_path = kPassive,
                 .server_must = {"ESTABLISHED", "FIN_WAIT2", "TIME_WAIT"},
                 .client_must = {"ESTABLISHED", "CLOSE_WAIT"}},
        Sequence{.name = "ClientFirst",
                 .cell = "client-closes-first/first=plain,rebind=plain",
                 .segments = opened_and({"client FIN", "server FIN"}),
                 .server_path = kPassive,
                 .client_path = kActive,
                 .server_must = {"ESTABLISHED", "CLOSE_WAIT"},
                 .client_must = {"ESTABLISHED", "FIN_WAIT2", "TIME_WAIT"}},
        Sequence{.name = "ResetByUnreadData",
                 .cell = "unread-request/first=plain,rebind=plain",
                 .segments = opened_and({"server RST"}),
                 .server_path = kReset,
                 .client_path = kReset,
                 .server_must = {"ESTABLISHED"},
                 .client_must = {"ESTABLISHED"}},
        Sequence{.name = "ResetByLinger",
                 .cell = "linger-zero/linger=on-the-connection,with=plain",
                 .segments = opened_and({"server RST"}),
                 .server_path = kReset,
                 .client_path = kReset,
                 .server_must = {"ESTABLISHED"},
                 .client_must = {"ESTABLISHED"}},
        Sequence{.name = "KilledWithTheClientOpen",
                 .cell = "killed-with-a-quiet-connection/signal=SIGKILL,client=stays,with=plain",
                 .segments = opened_and({"server FIN"}),
                 .server_path = kActive,
                 .client_path = kPassive,
                 .server_must = {"ESTABLISHED", "FIN_WAIT2"},
                 .client_must = {"ESTABLISHED", "CLOSE_WAIT"}}),
    [](const auto& sequence) { return std::string(sequence.param.name); });

// Which of the two FINs arrives first is nobody's decision. The end whose FIN does has it
// acknowledged before the other's comes.
TEST(ClosingSequence, OfBothEndsAtOnceHasTwoFinsAndTwoTimesTimeWait) {
  const json record = record_of("both-close-at-once/with=plain");
  ASSERT_FALSE(record.is_null());
  if (record["packets"].contains("not_captured")) GTEST_SKIP() << record["packets"];
  EXPECT_THAT(
      control_segments(record, "12000"),
      testing::UnorderedElementsAre("client SYN", "server SYN, ACK", "client FIN", "server FIN"));
  EXPECT_TRUE(all_fins_are_acknowledged(record));
  for (const bool of_server : {true, false}) {
    const Words states = states_of(record, "12000", of_server);
    EXPECT_TRUE(is_part_of(states, kAtOnce) || is_part_of(states, kActive))
        << testing::PrintToString(states);
    EXPECT_TRUE(is_part_of({"FIN_WAIT1", "TIME_WAIT"}, states)) << testing::PrintToString(states);
  }
}

}  // namespace
}  // namespace timewait
