// What a script says about where its actors are in the kernel's table, and with which protocol.

#include <gtest/gtest.h>

#include "harness/scenario/test_checked_script.h"

namespace timewait {
namespace {

using Side = ActorPlace::Side;

TEST(ScriptCheck, LearnsWhereDocumentProgramsAre) {
  const struct {
    const char* line;
    Role role;
    Side side;
    const char* place;
  } rows[] = {
      {"server runs message_server", Role::listens, Side::local, "0.0.0.0:12000"},
      {"server runs message_server --at [::]:80", Role::listens, Side::local, "[::]:80"},
      {"server runs two_addresses", Role::binds, Side::local, "127.0.0.1:10013"},
  };
  for (const auto& row : rows) {
    const auto actors = checked_actors(row.line + kAttempt);
    ASSERT_EQ(actors.size(), 1u) << row.line;
    EXPECT_EQ(actors[0].name, "server");
    EXPECT_EQ(actors[0].program.role, row.role) << row.line;
    EXPECT_EQ(actors[0].place->side, row.side) << row.line;
    EXPECT_EQ(actors[0].place->endpoint.text(), row.place) << row.line;
  }
}

TEST(ScriptCheck, LearnsThatAClientIsKnownByItsOtherEnd) {
  const auto actors =
      checked_actors("server runs message_server\nclient runs message_client" + kAttempt);
  ASSERT_EQ(actors.size(), 2u);
  EXPECT_EQ(actors[1].program.role, Role::connects);
  EXPECT_EQ(actors[1].place->side, Side::remote);
  EXPECT_EQ(actors[1].place->endpoint.text(), "127.0.0.1:12000");
}

TEST(ScriptCheck, LearnsWhereAPeerIsFromWhatItBindsFirst) {
  const auto actors = checked_actors(
      "server runs peer\n"
      "server calls socket a\n"
      "server calls bind a 127.0.0.1:1\n"
      "server calls socket b\n"
      "server calls bind b 127.0.0.1:2\n"
      "server calls connect b 127.0.0.1:3" +
      kAttempt);
  EXPECT_EQ(actors[0].place->side, Side::local);
  EXPECT_EQ(actors[0].place->endpoint.text(), "127.0.0.1:1");
}

TEST(ScriptCheck, LearnsWhereAPeerIsFromWhatItConnectsTo) {
  const auto actors = checked_actors(
      "server runs message_server\nclient runs peer\nclient calls socket a\n"
      "client calls connect a 127.0.0.1:12000" +
      kAttempt);
  EXPECT_EQ(actors[1].place->side, Side::remote);
}

TEST(ScriptCheck, LearnsWhereAPeerIsAlsoFromItsAttempt) {
  const auto actors = checked_actors(
      "client runs peer\nclient calls socket s udp\nprecondition client nothing\n"
      "client attempts connect s 127.0.0.1:1");
  EXPECT_EQ(actors[0].place->side, Side::remote);
  EXPECT_EQ(actors[0].place->protocol, Protocol::udp);
}

TEST(ScriptCheck, DoesNotPutAPeerWhereItsBindMustFail) {
  const auto actors = checked_actors(
      "server runs peer\nserver calls socket s\n"
      "server calls bind s 127.0.0.1:80 giving EACCES\nserver calls bind s 127.0.0.1:1" +
      kAttempt);
  EXPECT_EQ(actors[0].place->endpoint.text(), "127.0.0.1:1");
}

TEST(ScriptCheck, PutsAPeerWhereItLearnsItsOwnAddress) {
  const auto actors = checked_actors(
      "server runs peer\nserver calls socket s\nserver calls bind s 127.0.0.1:0\n"
      "server calls getsockname s as at\nserver calls listen s\nclient runs peer\n"
      "client calls socket c\nclient calls connect c 127.0.0.2:$at\n"
      "other runs message_client --to $at" +
      kAttempt + " $at");
  EXPECT_EQ(actors[0].place->side, Side::local);
  EXPECT_EQ(actors[0].place_word, "$at");
  EXPECT_EQ(actors[1].place->side, Side::remote);
  EXPECT_EQ(actors[1].place->endpoint.text(), "127.0.0.2:0");
  EXPECT_EQ(actors[1].place_word, "127.0.0.2:$at");
  EXPECT_EQ(actors[2].place_word, "$at");
}

TEST(ScriptCheck, LearnsWhereAForeignProgramIsFromTheScript) {
  const auto actors = checked_actors(
      "server runs nc -l 80\nserver listens on 0.0.0.0:80\n"
      "client runs nc 127.0.0.1 80\nclient connects to 127.0.0.1:80" +
      kAttempt);
  EXPECT_EQ(actors[0].program.role, Role::foreign);
  EXPECT_EQ(actors[0].place->side, Side::local);
  EXPECT_EQ(actors[1].place->side, Side::remote);
}

TEST(ScriptCheck, LearnsThatAProgramUsesUdp) {
  EXPECT_EQ(checked_actors("server runs udp_duplicate" + kAttempt)[0].place->protocol,
            Protocol::udp);
  EXPECT_EQ(checked_actors("server runs tcp_duplicate" + kAttempt)[0].place->protocol,
            Protocol::tcp);
}

TEST(ScriptCheck, LearnsThatAPeerUsesUdp) {
  const auto actors = checked_actors(
      "server runs peer\nserver calls socket a udp\nserver calls bind a 127.0.0.1:1" + kAttempt);
  EXPECT_EQ(actors[0].place->protocol, Protocol::udp);
}

}  // namespace
}  // namespace timewait
