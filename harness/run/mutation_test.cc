#include "harness/run/mutation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/run/program_start.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

/// The first cell of a scenario with this script.
Cell cell_of(const std::string& script) {
  return read_scenario(SourceText("theme/name.toml",
                                  "title = \"A\"\nteaches = \"A.\"\nfrom = [\"ours\"]\n"
                                  "expect = \"bound\"\nscript = \"\"\"\n" +
                                      script + "\n\"\"\"\n"))
      .cells.front();
}

/// Whether the effect may show and whether it must, "may must".
std::string effect_on(const std::string& script, KernelMutation mutation, bool sees_options) {
  const auto [may_show, must_show] = effect_of(mutation, cell_of(script), {}, sees_options);
  return std::string(may_show ? "may" : "") + (must_show ? " must" : "");
}

TEST(KernelMutation, ShowsWhereTheModelOfABrokenKernelComesToSomethingElse) {
  using enum KernelMutation;
  const std::string peer = "server runs peer\nserver calls socket s\n";
  const std::string bound = "server calls bind s 127.0.0.1:12000\nprecondition server BOUND\n";
  const std::string rebind = "rebind 127.0.0.1:12000";
  const struct {
    const char* name;
    std::string script;
    KernelMutation mutation;
    std::string effect;
  } rows[] = {
      {"option on both", peer + "server calls set s both\n" + bound + rebind + " with reuseaddr",
       no_reuseaddr, "may must"},
      {"option on one", peer + "server calls set s reuseaddr\n" + bound + rebind, no_reuseaddr, ""},
      {"another option", peer + "server calls set s both\n" + bound + rebind + " with both",
       no_linger, ""},
      {"one of two options", peer + "server calls set s both\n" + bound + rebind + " with both",
       no_reuseaddr, ""},
      {"answer", peer + "server calls shutdown s both giving ENOTCONN\n" + bound + rebind,
       no_shutdown, "may must"},
      {"read back",
       peer + "server calls setsockopt s SO_KEEPALIVE 1\nserver attempts getsockopt s SO_KEEPALIVE",
       no_keepalive, "may must"},
      {"single call", peer + "server attempts setsockopt s SO_BROADCAST 1", no_broadcast, ""},
  };
  for (const auto& row : rows)
    EXPECT_EQ(effect_on(row.script, row.mutation, true), row.effect) << row.name;
}

TEST(KernelMutation, ShowsInTheSocketsOfAProgramThatIsToldToSetTheOption) {
  const std::string rebind = "\nprecondition server LISTEN\nrebind";
  using enum KernelMutation;
  const std::string told = "server runs message_server with reuseaddr" + rebind;
  EXPECT_EQ(effect_on(told, no_reuseaddr, true), "may must");
  EXPECT_EQ(effect_on(told, no_reuseaddr, false), "may");
  EXPECT_EQ(effect_on(told, no_reuseport, true), "");
  EXPECT_EQ(effect_on("server runs listing3_server" + rebind, no_reuseaddr, true), "may must");
  EXPECT_EQ(effect_on("server runs listing3_server with plain" + rebind, no_reuseaddr, true), "");
  const std::string tried = "precondition server nothing\nserver tries ";
  EXPECT_EQ(effect_on(tried + "message_server with reuseaddr", no_reuseaddr, true), "may must");
  EXPECT_EQ(effect_on(tried + "message_server", no_reuseaddr, true), "");
}

TEST(KernelMutation, IsCaughtByTheCheckThatTheRecordSpeaksOf) {
  const auto caught = [](Verdict verdict, const std::optional<Trouble>& trouble) {
    return std::string(kCaughtBy.name(caught_by({.verdict = verdict, .trouble = trouble})));
  };
  EXPECT_EQ(caught(Verdict::fail, {}), "the outcome");
  EXPECT_EQ(caught(Verdict::inconclusive, {}), "the socket table");
  EXPECT_EQ(caught(Verdict::fail, Trouble{.verdict = Verdict::fail, .text = "send gave 0"}),
            "a call of the script");
  EXPECT_EQ(caught(Verdict::error, Trouble{.text = "the step never came true"}),
            "a step that failed");
  EXPECT_EQ(caught(Verdict::error, Trouble{.text = fmt::format("server was asked for both{}plain",
                                                               kHasOtherOptions)}),
            "the options of a socket");
}

}  // namespace
}  // namespace timewait
