#include "harness/model/kernel_model.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "harness/kernel/loopback.h"
#include "harness/kernel/socket_table.h"
#include "harness/kernel/sysctl.h"
#include "harness/model/test_corpus.h"
#include "harness/model/test_script.h"
#include "harness/net/caller.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using testing::ElementsAre;

constexpr const char* kConnected = R"(
  socket l
  bind l 127.0.0.1:12000
  listen l
  socket c
  bind c 127.0.0.1:13000
  connect c 127.0.0.1:12000
  accept l s
  close l)";

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// Does to the sandbox what a line of a script says, unless it is a call.
bool change_sandbox(const std::vector<std::string>& words) {
  if (words.front() == "loopback") {
    set_loopback(words[1] == "up");
  } else if (words.front() == "sysctl") {
    std::string value;
    for (std::size_t i = 3; i < words.size(); ++i) value += (i > 3 ? " " : "") + words[i];
    write_sysctl(words[1], value);
  } else {
    return false;
  }
  return true;
}

/// The states in the table and what is unread, "ESTABLISHED+4 LISTEN", in the order of their names.
template <typename Table>
std::string states_of(const Table& table) {
  std::multiset<std::string> states;
  for (const auto& entry : table) {
    const bool has_bytes = entry.protocol == Protocol::tcp && entry.unread > 0 &&
                           entry.state != TcpState::bound && entry.state != TcpState::listen;
    std::string state(kTcpStates.name(entry.state));
    states.insert(has_bytes ? state + "+" + std::to_string(entry.unread) : state);
  }
  std::string text;
  for (const std::string& state : states) text.append(state).append(" ");
  return text;
}

/// Waits until the kernel is where the model says, which knows no delay of an ACK.
bool comes_to(SocketTable& table, const std::string& states) {
  for (const Deadline deadline = Deadline::after(std::chrono::seconds(5)); !deadline.expired();)
    if (states_of(table.read(true)) == states) return true;
  return false;
}

/// The first call to which the kernel gives another answer than the model; empty when there is
/// none. Ports of the kernel's choice are nobody's business, nor are the numbers of descriptors.
std::string first_difference(const TestScript& script) {
  ModelScript model;
  Caller kernel(Caller::Waiting::no);
  SocketTable table;
  for (const std::string& line : script_lines(script.lines)) {
    const auto words = words_of(line);
    model.play(line);
    const bool is_call = !change_sandbox(words);
    const Answer real = is_call ? kernel.make(parse_call(words)) : Answer{};
    const std::string states = states_of(model.model().table());
    const auto differs = [&](const std::string& kernels, const std::string& models) {
      return fmt::format("{}: {} gives {}, not {}", script.name, line, kernels, models);
    };
    if (!comes_to(table, states)) return differs(states_of(table.read(true)), states);
    if (!is_call) continue;
    const Answer expected = model.answer().answer;
    const bool is_same = expected.ok() == real.ok() && expected.error == real.error &&
                         (words.front() == "socket" || words.front() == "accept" ||
                          words.front() == "dup" || expected.value == real.value);
    const bool waits = model.answer().waits && real.error == EAGAIN;
    if (!is_same && !waits) return differs(real.text(), model.last());
  }
  return {};
}

TEST(KernelModel, AnswersAsThisKernelDoes) {
  for (const auto& scripts : {scripts_of_binding(), scripts_of_connections(), scripts_of_options()})
    for (const TestScript& script : scripts)
      EXPECT_EQ(in_sandbox([&] { return first_difference(script); }), "");
}

TEST(KernelModel, SaysWhoIsInTheWayAndByWhichRule) {
  ModelScript script;
  script.play("socket a\nset a reuseaddr\nbind a 127.0.0.1:12000\nlisten a\n");
  script.play("socket b\nset b reuseaddr\nbind b 0.0.0.0:12000");
  ASSERT_EQ(script.last(), "EADDRINUSE");
  ASSERT_TRUE(script.answer().conflict);
  EXPECT_EQ(script.answer().conflict->rule, Rule::listener_does_not_share);
  EXPECT_EQ(script.answer().conflict->entry.state, TcpState::listen);
  EXPECT_EQ(script.answer().conflict->entry.local.text(), "127.0.0.1:12000");
  EXPECT_THAT(
      script.answer().rules,
      ElementsAre(Rule::wildcard_covers_all, Rule::listener_does_not_share, Rule::port_is_taken));
}

TEST(KernelModel, NamesTheOptionsThatAreMissing) {
  ModelScript script;
  script.play(
      "socket a\nbind a 127.0.0.1:12000\nsocket b\nset b reuseaddr\nbind b 127.0.0.1:12000");
  ASSERT_TRUE(script.answer().conflict);
  EXPECT_EQ(script.answer().conflict->rule, Rule::port_is_taken);
  EXPECT_FALSE(script.answer().conflict->entry.reuseaddr);
}

TEST(KernelModel, KnowsNoConflictWhereTheCallSucceeds) {
  ModelScript script;
  script.play("socket a\nbind a 127.0.0.1:12000\nsocket b\nbind b 127.0.0.2:12000");
  EXPECT_EQ(script.last(), "0");
  EXPECT_FALSE(script.answer().conflict);
}

struct ClosingOrder {
  const char* name;
  const char* lines;
  const char* client;  ///< the states of the client's end
  const char* server;
};

void PrintTo(const ClosingOrder& order, std::ostream* out) { *out << order.name; }

class Closing : public testing::TestWithParam<ClosingOrder> {};

TEST_P(Closing, GoesThroughTheStatesOfTheStandard) {
  ModelScript script;
  script.play(kConnected);
  script.play(GetParam().lines);
  EXPECT_EQ(script.states_of(2), std::string("BOUND, SYN_SENT, ESTABLISHED, ") + GetParam().client);
  EXPECT_EQ(script.states_of(3), std::string("SYN_RECV, ESTABLISHED, ") + GetParam().server);
}

INSTANTIATE_TEST_SUITE_P(
    KernelModel, Closing,
    testing::Values(ClosingOrder{"ServerFirst", "close s\nclose c", "CLOSE_WAIT, LAST_ACK, gone",
                                 "FIN_WAIT1, FIN_WAIT2, TIME_WAIT"},
                    ClosingOrder{"ClientFirst", "close c\nclose s",
                                 "FIN_WAIT1, FIN_WAIT2, TIME_WAIT", "CLOSE_WAIT, LAST_ACK, gone"},
                    ClosingOrder{"ServerShutsDown", "shutdown s write\nclose c\nclose s",
                                 "CLOSE_WAIT, LAST_ACK, gone", "FIN_WAIT1, FIN_WAIT2, TIME_WAIT"},
                    ClosingOrder{"BothAtOnce", "loopback down\nclose s\nclose c\nloopback up",
                                 "FIN_WAIT1, CLOSING, TIME_WAIT", "FIN_WAIT1, CLOSING, TIME_WAIT"},
                    ClosingOrder{"ServerResets", "linger s 0\nclose s", "BOUND", "gone"},
                    ClosingOrder{"UnreadData", "send c 1\nclose s\nclose c", "BOUND, gone", "gone"},
                    ClosingOrder{"ClientStays", "close s\nadvance 61000", "CLOSE_WAIT",
                                 "FIN_WAIT1, FIN_WAIT2, gone"},
                    ClosingOrder{"TheMinuteIsOver", "close s\nclose c\nadvance 61000",
                                 "CLOSE_WAIT, LAST_ACK, gone",
                                 "FIN_WAIT1, FIN_WAIT2, TIME_WAIT, gone"},
                    ClosingOrder{"Destroyed", "close s\nclose c\nsocket x",
                                 "CLOSE_WAIT, LAST_ACK, gone", "FIN_WAIT1, FIN_WAIT2, TIME_WAIT"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(KernelModel, DestroysWhatIsLeft) {
  ModelScript script;
  script.play(kConnected);
  script.play("close s\nclose c");
  EXPECT_EQ(script.table(), "TIME_WAIT 127.0.0.1:12000");
  script.model().destroy(3);
  EXPECT_EQ(script.table(), "");
  EXPECT_EQ(script.states_of(3), "SYN_RECV, ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, gone");
}

TEST(KernelModel, SaysHowLongAMiniSocketStays) {
  ModelScript script;
  script.play(kConnected);
  script.play("close s\nclose c\nadvance 10000");
  ASSERT_EQ(script.model().table().size(), 1U);
  const ModelEntry entry = script.model().table().front();
  EXPECT_TRUE(entry.is_mini);
  EXPECT_FALSE(entry.is_held);
  EXPECT_EQ(entry.left, std::chrono::seconds(50));
}

TEST(KernelModel, ShowsAConnectionThatNobodyAccepted) {
  ModelScript script;
  script.play("socket l\nbind l 127.0.0.1:12000\nlisten l\nsocket c\nconnect c 127.0.0.1:12000");
  const std::vector<ModelEntry> table = script.model().table();
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table[0].unread, 1);
  EXPECT_EQ(table[2].state, TcpState::established);
  EXPECT_FALSE(table[2].is_held);
}

TEST(KernelModel, WaitsWhereACallWould) {
  ModelScript script;
  script.play("socket l\nbind l 127.0.0.1:12000\nlisten l\naccept l s");
  EXPECT_EQ(script.last(), "waits");
  script.play("socket c\nconnect c 127.0.0.1:12000\naccept l s\nrecv s 1");
  EXPECT_THAT(script.answers().back(), "waits");
  script.play("send c 3\nrecv s 9");
  EXPECT_EQ(script.last(), "3");
}

TEST(KernelModel, RefusesASysctlThatItDoesNotKnow) {
  KernelModel model;
  EXPECT_THROW(model.set_sysctl("net.ipv4.tcp_frobnicate", "1"), BadInput);
  EXPECT_THROW(model.set_sysctl("net.ipv4.tcp_fin_timeout", "soon"), BadInput);
}

TEST(KernelModel, RefusesANameThatIsNotThere) {
  ModelScript script;
  EXPECT_THROW(script.play("bind x 127.0.0.1:12000"), CallError);
  EXPECT_THROW(script.play("socket x\nsocket x"), CallError);
}

TEST(KernelModel, ForksDescriptors) {
  ModelScript script;
  script.play("as a\nsocket l\nbind l 127.0.0.1:12000\nlisten l\nfork b\nends\n");
  EXPECT_EQ(script.table(), "LISTEN 127.0.0.1:12000");
  script.play("as b\nends");
  EXPECT_EQ(script.table(), "");
}

}  // namespace
}  // namespace timewait
