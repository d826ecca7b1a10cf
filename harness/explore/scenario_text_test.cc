#include "harness/explore/scenario_text.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

SocketEntry entry(TcpState state, const char* local) {
  return {.state = state, .local = *Endpoint::parse(local)};
}

/// A second bind() that the kernel refuses while a listener and a connection have the port.
SmallFinding refused_bind() {
  SmallFinding small;
  small.finding = {.script = script_of({"socket a", "bind a 127.0.0.1:12000", "accept a b",
                                        "socket c", "bind c 127.0.0.1:12000"}),
                   .disagreement = {.at = 4, .kernel = "EADDRINUSE", .model = "0"}};
  small.story.answers = {Answer::of(3), Answer::of(0), Answer::failed(EAGAIN), Answer::of(4),
                         Answer::failed(EADDRINUSE)};
  small.story.table = {entry(TcpState::listen, "127.0.0.1:12000"),
                       entry(TcpState::established, "127.0.0.1:12000"),
                       entry(TcpState::established, "127.0.0.1:40000")};
  return small;
}

TEST(ScenarioText, AttemptsACallThatDecidesWhoHasThePort) {
  EXPECT_EQ(scenario_text(refused_bind()), R"(title   = "The kernel and the model disagree"
teaches = "What the kernel does here the model does not know."
from    = ["ours"]
expect  = "bind:EADDRINUSE"

# bind c 127.0.0.1:12000: the kernel says EADDRINUSE, the model 0.
script = """
server runs peer
server listens on [::]:12000
server calls socket a
server calls bind a 127.0.0.1:12000
server calls poll a 0 giving 0
server calls socket c
precondition server ESTABLISHED, LISTEN
server attempts bind c 127.0.0.1:12000
"""
)");
}

TEST(ScenarioText, MakesAnyOtherCallAStep) {
  SmallFinding small;
  small.finding = {.script = script_of({"socket a", "recv a 10"}),
                   .disagreement = {.at = 1, .kernel = "ENOTCONN", .model = "waits"}};
  small.story.answers = {Answer::of(3), Answer::failed(ENOTCONN)};
  EXPECT_EQ(scenario_text(small), R"(title   = "The kernel and the model disagree"
teaches = "What the kernel does here the model does not know."
from    = ["ours"]
expect  = "getsockopt:0"

# recv a 10: the kernel says ENOTCONN, the model waits.
script = """
server runs peer
server listens on [::]:12000
server calls socket a
server calls recv a 10 giving ENOTCONN
server calls socket last
server attempts getsockopt last SO_ACCEPTCONN
"""
)");
}

TEST(ScenarioText, IsReadAsAScenario) {
  SmallFinding small = refused_bind();
  // What was waited for needs the number that a call gave.
  small.finding.script.erase(small.finding.script.begin() + 2);
  small.finding.disagreement.at = 3;
  small.story.answers.erase(small.story.answers.begin() + 2);
  const Scenario scenario = read_scenario(SourceText("found.toml", scenario_text(small)));
  EXPECT_EQ(scenario.cells.at(0).expected.text(), "bind:EADDRINUSE");
  EXPECT_EQ(scenario.cells.at(0).steps.back().text, "server attempts bind c 127.0.0.1:12000");
}

TEST(ScenarioText, HasANameThatSaysWhatTheKernelDoes) {
  EXPECT_EQ(scenario_name(refused_bind(), 3), "bind-gives-eaddrinuse-3");
  SmallFinding left = refused_bind();
  left.finding.disagreement.subject = Subject::leftovers;
  EXPECT_EQ(scenario_name(left, 1), "leftovers-1");
}

}  // namespace
}  // namespace timewait
