#include "harness/model/sharing.h"

#include <gtest/gtest.h>

#include <array>

#include "harness/model/test_script.h"

namespace timewait {
namespace {

constexpr std::array kOptions{"plain", "reuseport", "reuseaddr", "both"};

/// What bind() and listen() give over an old socket, one letter for each set of options: X where
/// bind() fails, L where both succeed.
std::string outcomes_over(const std::string& old, const std::string& state, const char* user) {
  std::string outcomes;
  for (const char* option : kOptions) {
    ModelScript script;
    script.play("socket a\nset a " + old + "\nbind a 127.0.0.1:12000\n" + state);
    script.play(std::string("as other\n") + user + "\nsocket n\nset n " + option +
                "\nbind n 127.0.0.1:12000");
    const bool bound = script.last() == "0";
    if (bound) script.play("listen n");
    outcomes += !bound ? 'X' : script.last() == "0" ? 'L' : 'b';
  }
  return outcomes;
}

constexpr const char* kTimeWait = R"(
  listen a
  socket c
  connect c 127.0.0.1:12000
  accept a s
  close a
  close s
  close c)";

TEST(Sharing, NeedsTheSameOptionOnBoth) {
  for (const char* state : {"", kTimeWait}) {
    EXPECT_EQ(outcomes_over("plain", state, ""), "XXXX") << state;
    EXPECT_EQ(outcomes_over("reuseport", state, ""), "XLXL") << state;
    EXPECT_EQ(outcomes_over("reuseaddr", state, ""), "XXLL") << state;
    EXPECT_EQ(outcomes_over("both", state, ""), "XLLL") << state;
  }
}

TEST(Sharing, NeedsReuseportOverAListener) {
  EXPECT_EQ(outcomes_over("plain", "listen a", ""), "XXXX");
  EXPECT_EQ(outcomes_over("reuseport", "listen a", ""), "XLXL");
  EXPECT_EQ(outcomes_over("reuseaddr", "listen a", ""), "XXXX");
  EXPECT_EQ(outcomes_over("both", "listen a", ""), "XLXL");
}

TEST(Sharing, ComparesUsersForReuseportAloneAndNotOverTimeWait) {
  EXPECT_EQ(outcomes_over("reuseport", "", "seteuid 1000"), "XXXX");
  EXPECT_EQ(outcomes_over("both", "", "seteuid 1000"), "XXLL");
  EXPECT_EQ(outcomes_over("both", "listen a", "seteuid 1000"), "XXXX");
  EXPECT_EQ(outcomes_over("reuseport", kTimeWait, "seteuid 1000"), "XLXL");
}

}  // namespace
}  // namespace timewait
