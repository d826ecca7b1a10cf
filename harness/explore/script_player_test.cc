#include "harness/explore/script_player.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

const Script kConnection = script_of({"socket a", "bind a 127.0.0.1:12000", "listen a", "socket b",
                                      "connect b 127.0.0.1:12000", "accept a c"});

Script followed_by(Script script, const std::vector<std::string>& lines) {
  for (const Call& call : script_of(lines)) script.push_back(call);
  return script;
}

/// What the kernel says differently of a script when the model is made to say something else.
std::string disagreement(const Script& script, const std::vector<Rule>& broken) {
  return in_sandbox([&] {
    ScriptPlayer player;
    const auto found = player.play(modelled(script, {.broken = broken}).value());
    if (!found) return std::string("none");
    return fmt::format("{} at {}: {} for {}", kSubjects.name(found->subject), found->at,
                       found->kernel, found->model);
  });
}

TEST(ScriptPlayer, FindsNothingWhereTheModelIsRight) {
  EXPECT_EQ(disagreement(followed_by(kConnection, {"close c", "close b"}), {}), "none");
}

TEST(ScriptPlayer, FindsTheFirstAnswerThatDiffers) {
  const Script two = script_of({"socket a", "set a reuseaddr", "bind a 127.0.0.1:12000", "socket b",
                                "set b reuseaddr", "bind b 127.0.0.1:12000", "listen b"});
  EXPECT_EQ(disagreement(two, {Rule::both_reuseaddr}), "answer at 5: 0 for EADDRINUSE");
}

TEST(ScriptPlayer, FindsSocketsThatAreInAnotherState) {
  EXPECT_EQ(
      disagreement(followed_by(kConnection, {"shutdown c write"}), {Rule::fin_means_close_wait}),
      "open sockets at 7: CLOSE_WAIT, FIN_WAIT2, LISTEN for ESTABLISHED, FIN_WAIT1, LISTEN");
}

TEST(ScriptPlayer, FindsWhatIsLeftOtherwise) {
  EXPECT_EQ(
      disagreement(followed_by(kConnection, {"close b", "close c"}), {Rule::last_ack_ends_it}),
      "leftovers at 8: TIME_WAIT 127.0.0.1:* 127.0.0.1:12000 for "
      "LAST_ACK 127.0.0.1:12000 127.0.0.1:*, TIME_WAIT 127.0.0.1:* 127.0.0.1:12000");
}

TEST(ScriptPlayer, TellsWhatThePortHeldBeforeTheLastCall) {
  EXPECT_EQ(in_sandbox([] {
              const auto story = ScriptPlayer().tell(kConnection);
              std::string states;
              for (const SocketEntry& entry : story.table)
                if (entry.local.port() == kFirstScriptPort)
                  states += fmt::format("{} ", kTcpStates.name(entry.state));
              return fmt::format("{}{} answers", states, story.answers.size());
            }),
            "LISTEN ESTABLISHED 6 answers");
}

TEST(ScriptPlayer, HasPortsForSoManyScripts) {
  EXPECT_EQ(in_sandbox([] {
              ScriptPlayer player;
              const std::vector<ModelledScript> too_many(player.room() + 1);
              player.play(too_many);
              return std::string("played");
            }),
            "there are more scripts than ports for them");
}

}  // namespace
}  // namespace timewait
