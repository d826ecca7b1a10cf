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

TEST(KernelMutation, IsUsedByScriptsThatMakeTheIgnoredCall) {
  using enum KernelMutation;
  const std::string peer = "server runs peer\nserver calls socket s\n";
  const std::string rebind = "precondition server nothing\nrebind 127.0.0.1:12000";
  const struct {
    const char* name;
    std::string script;
    std::vector<KernelMutation> used;
  } rows[] = {
      {"nothing", "server runs message_server\n" + rebind, {}},
      {"program", "server runs message_server with reuseaddr\n" + rebind, {no_reuseaddr}},
      {"program's own", "server runs listing3_server\n" + rebind, {no_reuseaddr}},
      {"not the program's own", "server runs listing3_server with plain\n" + rebind, {}},
      {"attempt",
       "server runs message_server\n" + rebind + " with both",
       {no_reuseaddr, no_reuseport}},
      {"tried program", "precondition server nothing\nserver tries two_listeners", {no_reuseaddr}},
      {"set",
       peer + "server calls set s both\nserver calls bind s 127.0.0.1:12000\n" + rebind,
       {no_reuseaddr, no_reuseport}},
      {"set to plain",
       peer + "server calls set s plain\nserver calls bind s 127.0.0.1:12000\n" + rebind,
       {}},
      {"linger",
       peer + "server calls linger s 0\nserver calls bind s 127.0.0.1:12000\n" + rebind,
       {no_linger}},
      {"setsockopt",
       peer + "server calls setsockopt s SO_KEEPALIVE 1\nserver calls bind s 127.0.0.1:12000\n" +
           rebind,
       {no_keepalive}},
      {"shutdown of both halves",
       peer +
           "server calls bind s 127.0.0.1:12000\nserver calls shutdown s both giving ENOTCONN\n" +
           rebind,
       {no_shutdown}},
      {"single call", peer + "server attempts setsockopt s SO_BROADCAST 1", {no_broadcast}},
  };
  for (const auto& row : rows) {
    const Cell cell = cell_of(row.script);
    for (const auto& [mutation, name] : kKernelMutations.rows()) {
      const bool expected = std::ranges::find(row.used, mutation) != row.used.end();
      EXPECT_EQ(uses(cell, mutation), expected) << row.name << ", " << name;
    }
  }
}

TEST(KernelMutation, MustBeNoticedWhereAProgramRunsThatIsToldToSetTheOption) {
  const std::string rebind = "\nprecondition server nothing\nrebind 127.0.0.1:12000 with reuseaddr";
  const struct {
    const char* name;
    std::string script;
    bool must;
  } rows[] = {
      {"told", "server runs message_server with reuseaddr" + rebind, true},
      {"by itself", "server runs listing3_server" + rebind, true},
      {"pair of sockets", "server runs tcp_duplicate" + rebind, true},
      {"told otherwise", "server runs message_server with reuseport" + rebind, false},
      {"peer",
       "server runs peer\nserver calls socket s\nserver calls set s reuseaddr\n"
       "server calls bind s 127.0.0.1:12000" +
           rebind,
       false},
      {"tried only", "precondition server nothing\nserver tries message_server with reuseaddr",
       false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(must_turn_red(cell_of(row.script), KernelMutation::no_reuseaddr), row.must)
        << row.name;
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
