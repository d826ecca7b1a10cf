#include "harness/scenario/script_check.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "harness/scenario/step_parser.h"
#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

using Side = ActorPlace::Side;

/// Checks a script that begins in the first line of its file.
std::vector<Actor> check(const std::string& script) {
  const SourceText source("a.toml", script);
  std::vector<Step> steps;
  for (int line = 1; !source.line(line).empty(); ++line)
    steps.push_back(
        parse_step(source, line, tokens_of({.at = {.line = line}, .text = source.line(line)})));
  return check_script(source, {}, steps);
}

std::string error_of(const std::string& script) {
  try {
    check(script);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

/// What every script ends with that is not about its attempt.
const std::string kAttempt = "\nprecondition server LISTEN\nrebind";

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
    const auto actors = check(row.line + kAttempt);
    ASSERT_EQ(actors.size(), 1u) << row.line;
    EXPECT_EQ(actors[0].name, "server");
    EXPECT_EQ(actors[0].program.role, row.role) << row.line;
    EXPECT_EQ(actors[0].place->side, row.side) << row.line;
    EXPECT_EQ(actors[0].place->endpoint.text(), row.place) << row.line;
  }
}

TEST(ScriptCheck, LearnsThatAClientIsKnownByItsOtherEnd) {
  const auto actors = check("server runs message_server\nclient runs message_client" + kAttempt);
  ASSERT_EQ(actors.size(), 2u);
  EXPECT_EQ(actors[1].program.role, Role::connects);
  EXPECT_EQ(actors[1].place->side, Side::remote);
  EXPECT_EQ(actors[1].place->endpoint.text(), "127.0.0.1:12000");
}

TEST(ScriptCheck, LearnsWhereAPeerIsFromWhatItBindsFirst) {
  const auto actors = check(
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
  const auto actors = check(
      "server runs message_server\nclient runs peer\nclient calls socket a\n"
      "client calls connect a 127.0.0.1:12000" +
      kAttempt);
  EXPECT_EQ(actors[1].place->side, Side::remote);
}

TEST(ScriptCheck, LearnsWhereAForeignProgramIsFromTheScript) {
  const auto actors = check(
      "server runs nc -l 80\nserver listens on 0.0.0.0:80\n"
      "client runs nc 127.0.0.1 80\nclient connects to 127.0.0.1:80" +
      kAttempt);
  EXPECT_EQ(actors[0].program.role, Role::foreign);
  EXPECT_EQ(actors[0].place->side, Side::local);
  EXPECT_EQ(actors[1].place->side, Side::remote);
}

TEST(ScriptCheck, LearnsThatAProgramUsesUdp) {
  EXPECT_EQ(check("server runs udp_duplicate" + kAttempt)[0].place->protocol, Protocol::udp);
  EXPECT_EQ(check("server runs tcp_duplicate" + kAttempt)[0].place->protocol, Protocol::tcp);
}

TEST(ScriptCheck, LearnsThatAPeerUsesUdp) {
  const auto actors = check(
      "server runs peer\nserver calls socket a udp\nserver calls bind a 127.0.0.1:1" + kAttempt);
  EXPECT_EQ(actors[0].place->protocol, Protocol::udp);
}

TEST(ScriptCheck, AcceptsAPreconditionAboutTheActorOfTheAttempt) {
  const auto actors = check("precondition server nothing\nserver tries message_server");
  ASSERT_EQ(actors.size(), 1u);
  EXPECT_EQ(actors[0].name, "server");
}

TEST(ScriptCheck, AcceptsSeveralPreconditions) {
  EXPECT_EQ(error_of("server runs message_server\nclient runs message_client\n"
                     "precondition server LISTEN\nprecondition client nothing\nrebind"),
            "nothing is wrong");
}

TEST(ScriptCheck, PointsAtTheStepThatIsWrong) {
  const struct {
    const char* name;
    std::string script;
    std::string message;
  } rows[] = {
      {"no step at all", "",
       "a.toml:1:1: the last step must be the attempt: rebind, restarts, tries, attempts or "
       "executes itself\n"
       "  \n"
       "  ^"},
      {"no attempt", "server runs message_server\nserver exits",
       "a.toml:2:1: the last step must be the attempt: rebind, restarts, tries, attempts or "
       "executes itself\n"
       "  server exits\n"
       "  ^"},
      {"two attempts", "server runs message_server\nrebind" + kAttempt,
       "a.toml:2:1: there can be one attempt only, at the end\n"
       "  rebind\n"
       "  ^"},
      {"something behind the attempt", "server runs message_server" + kAttempt + "\nserver exits",
       "a.toml:4:1: the last step must be the attempt: rebind, restarts, tries, attempts or "
       "executes itself\n"
       "  server exits\n"
       "  ^"},
      {"no precondition", "server runs message_server\nrebind",
       "a.toml:2:1: a precondition must stand before the attempt; \"nothing\" is one, too\n"
       "  rebind\n"
       "  ^"},
      {"nothing but an attempt", "server tries message_server",
       "a.toml:1:1: a precondition must stand before the attempt; \"nothing\" is one, too\n"
       "  server tries message_server\n"
       "  ^"},
      {"no precondition of a call that tells about ports",
       "server runs peer\nserver attempts bind 3 127.0.0.1:1",
       "a.toml:2:1: a precondition must stand before the attempt; \"nothing\" is one, too\n"
       "  server attempts bind 3 127.0.0.1:1\n"
       "  ^"},
      {"a single call of a program that takes none",
       "server runs message_server\nserver attempts recv s 1",
       "a.toml:2:1: only the program peer makes single calls, and \"server\" is another\n"
       "  server attempts recv s 1\n"
       "  ^"},
      {"an attempt whose answer is an address", "server runs peer\nserver attempts getsockname 3",
       "a.toml:2:1: an address is no outcome; say server calls getsockname 3 giving ADDRESS\n"
       "  server attempts getsockname 3\n"
       "  ^"},
      {"a call that ends the peer", "server runs peer\nserver calls exit" + kAttempt,
       "a.toml:2:1: a peer ends when its input does: server ends its input\n"
       "  server calls exit\n"
       "  ^"},
      {"a look before the place is learnt",
       "server runs peer\nserver calls socket s\nserver calls bind s 127.0.0.1:0\n"
       "await server BOUND\nserver calls getsockname s as at\nprecondition server BOUND\nrebind "
       "$at",
       "a.toml:4:1: where \"server\" is will only be learnt by \"server calls getsockname s as "
       "at\"\n"
       "  await server BOUND\n"
       "  ^"},
      {"a socket that nobody made", "server runs peer\nserver calls listen s" + kAttempt,
       "a.toml:2:1: server has no socket \"s\" here\n"
       "  server calls listen s\n"
       "  ^"},
      {"a call behind the attempt",
       "server runs peer\nserver attempts recv 3 1\nserver calls close 3",
       "a.toml:3:1: the last step must be the attempt: rebind, restarts, tries, attempts or "
       "executes itself\n"
       "  server calls close 3\n"
       "  ^"},
      {"a precondition too early",
       "server runs message_server\nprecondition server LISTEN\nserver exits\nrebind",
       "a.toml:2:1: a precondition stands just before the attempt\n"
       "  precondition server LISTEN\n"
       "  ^"},
      {"an actor that does not run yet", "client exits\nclient runs message_client\nrebind",
       "a.toml:1:1: no actor \"client\" is there yet; a line \"client runs PROGRAM\" must come "
       "first\n"
       "  client exits\n"
       "  ^"},
      {"a precondition about nobody",
       "server runs message_server\nprecondition client LISTEN\nrebind",
       "a.toml:2:1: no actor \"client\" is there yet; a line \"client runs PROGRAM\" must come "
       "first\n"
       "  precondition client LISTEN\n"
       "  ^"},
      {"a call of a program that takes none", "server runs message_server\nserver calls socket a",
       "a.toml:2:1: only the program peer makes single calls, and \"server\" is another\n"
       "  server calls socket a\n"
       "  ^"},
      {"another kind of program", "server runs message_server\nserver runs peer" + kAttempt,
       "a.toml:2:1: \"server\" is already something else; another program or address needs an "
       "actor "
       "with another name\n"
       "  server runs peer\n"
       "  ^"},
      {"options for a peer", "server runs peer with plain" + kAttempt,
       "a.toml:1:1: peer takes no option set\n"
       "  server runs peer with plain\n"
       "  ^"},
      {"options for a foreign program", "server runs nc with plain" + kAttempt,
       "a.toml:1:1: nc takes no option set\n"
       "  server runs nc with plain\n"
       "  ^"},
      {"a client that is tried", "precondition a nothing\na tries message_client",
       "a.toml:2:1: message_client does not bind, so it cannot be tried\n"
       "  a tries message_client\n"
       "  ^"},
      {"a look at nowhere", "server runs nc -l 80\nawait server LISTEN" + kAttempt,
       "a.toml:2:1: nothing tells where \"server\" is in the socket table; say \"server listens on "
       "ADDRESS\" or \"server connects to ADDRESS\"\n"
       "  await server LISTEN\n"
       "  ^"},
      {"a destruction at nowhere", "server runs peer\ndestroy server LISTEN" + kAttempt,
       "a.toml:2:1: nothing tells where \"server\" is in the socket table; say \"server listens on "
       "ADDRESS\" or \"server connects to ADDRESS\"\n"
       "  destroy server LISTEN\n"
       "  ^"},
      {"a precondition about nowhere", "server runs peer" + kAttempt,
       "a.toml:2:1: nothing tells where \"server\" is in the socket table; say \"server listens on "
       "ADDRESS\" or \"server connects to ADDRESS\"\n"
       "  precondition server LISTEN\n"
       "  ^"},
      {"a rebind without a server", "other runs message_server\nprecondition other LISTEN\nrebind",
       "a.toml:3:1: there is no actor \"server\" whose address could be bound again; say rebind "
       "ADDRESS\n"
       "  rebind\n"
       "  ^"},
      {"a repeated rebind without a server",
       "other runs message_server\nprecondition other LISTEN\nrebind for 64 s",
       "a.toml:3:1: there is no actor \"server\" whose address could be bound again\n"
       "  rebind for 64 s\n"
       "  ^"},
      {"a rebind where the server is a client",
       "server runs message_client\nprecondition server nothing\nrebind with plain",
       "a.toml:3:1: there is no actor \"server\" whose address could be bound again; say rebind "
       "ADDRESS\n"
       "  rebind with plain\n"
       "  ^"},
  };
  for (const auto& row : rows) EXPECT_EQ(error_of(row.script), row.message) << row.name;
}

TEST(ScriptCheck, NeedsNoServerWhenTheAddressIsGiven) {
  EXPECT_EQ(error_of("other runs message_server\nprecondition other LISTEN\nrebind 0.0.0.0:12000"),
            "nothing is wrong");
}

TEST(ScriptCheck, DemandsAPreconditionOfCallsThatTellAboutPortsOnly) {
  const struct {
    const char* call;
    bool is_demanded;
  } rows[] = {
      {"socket s", true},     {"bind 3 127.0.0.1:1", true}, {"listen 3", true},
      {"accept 3 s", true},   {"disconnect 3", true},       {"connect 3 127.0.0.1:1", true},
      {"dup 3 s", true},      {"shutdown 3 both", true},    {"close 3", true},
      {"set 3 plain", false}, {"linger 3 0", false},        {"getsockopt 3 SO_ERROR", false},
      {"send 3 1", false},    {"recv 3 1", false},          {"poll 3 0", false},
      {"nonblock 3", false},  {"seteuid 1000", false},      {"unshare", false},
  };
  for (const auto& row : rows)
    EXPECT_EQ(error_of(fmt::format("server runs peer\nserver attempts {}", row.call))
                      .find("a precondition must stand before the attempt") != std::string::npos,
              row.is_demanded)
        << row.call;
}

TEST(ScriptCheck, PutsAPeerWhereItLearnsItsOwnAddress) {
  const auto actors = check(
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

TEST(ScriptCheck, DoesNotPutAPeerWhereItsBindMustFail) {
  const auto actors = check(
      "server runs peer\nserver calls socket s\n"
      "server calls bind s 127.0.0.1:80 giving EACCES\nserver calls bind s 127.0.0.1:1" +
      kAttempt);
  EXPECT_EQ(actors[0].place->endpoint.text(), "127.0.0.1:1");
}

TEST(ScriptCheck, LearnsWhereAPeerIsAlsoFromItsAttempt) {
  const auto actors = check(
      "client runs peer\nclient calls socket s udp\nprecondition client nothing\n"
      "client attempts connect s 127.0.0.1:1");
  EXPECT_EQ(actors[0].place->side, Side::remote);
  EXPECT_EQ(actors[0].place->protocol, Protocol::udp);
}

TEST(ScriptCheck, RefusesAnAttemptOfAProgramThatDoesNotBind) {
  for (const char* program : {"message_client", "peer", "nc"})
    for (const char* attempt : {"restarts", "executes itself"})
      EXPECT_THAT(error_of(fmt::format("server runs message_server\n"
                                       "other runs {}\n"
                                       "precondition server LISTEN\n"
                                       "other {}",
                                       program, attempt)),
                  testing::StartsWith("a.toml:4:1: "))
          << program << " " << attempt;
}

}  // namespace
}  // namespace timewait
