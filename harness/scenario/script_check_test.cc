#include "harness/scenario/script_check.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "harness/scenario/test_checked_script.h"
#include "harness/scenario/test_source_error.h"

namespace timewait {
namespace {

TEST(ScriptCheck, AcceptsAPreconditionAboutTheActorOfTheAttempt) {
  const auto actors = checked_actors("precondition server nothing\nserver tries message_server");
  ASSERT_EQ(actors.size(), 1u);
  EXPECT_EQ(actors[0].name, "server");
}

TEST(ScriptCheck, AcceptsSeveralPreconditions) {
  EXPECT_EQ(script_error("server runs message_server\nclient runs message_client\n"
                         "precondition server LISTEN\nprecondition client nothing\nrebind"),
            "nothing is wrong");
}

/// What is said of the step in a line of a script.
std::string message(const std::string& script, int line, const std::string& what) {
  return error_at(SourceText("a.toml", script), {.line = line, .column = 1}, what);
}

constexpr const char* kMustEnd =
    "the last step must be the attempt: rebind, restarts, tries, attempts or executes itself";

constexpr const char* kMustHavePrecondition =
    "a precondition must stand before the attempt; \"nothing\" is one, too";

constexpr const char* kIsNowhere =
    "nothing tells where \"server\" is in the socket table; say \"server listens on ADDRESS\" or "
    "\"server connects to ADDRESS\"";

TEST(ScriptCheck, PointsAtTheStepThatIsWrong) {
  const struct {
    const char* name;
    std::string script;
    int line;
    const char* what;
  } rows[] = {
      {"no step at all", "", 1, kMustEnd},
      {"no attempt", "server runs message_server\nserver exits", 2, kMustEnd},
      {"two attempts", "server runs message_server\nrebind" + kAttempt, 2,
       "there can be one attempt only, at the end"},
      {"something behind the attempt", "server runs message_server" + kAttempt + "\nserver exits",
       4, kMustEnd},
      {"no precondition", "server runs message_server\nrebind", 2, kMustHavePrecondition},
      {"nothing but an attempt", "server tries message_server", 1, kMustHavePrecondition},
      {"no precondition of a call that tells about ports",
       "server runs peer\nserver attempts bind 3 127.0.0.1:1", 2, kMustHavePrecondition},
      {"a single call of a program that takes none",
       "server runs message_server\nserver attempts recv s 1", 2,
       "only the program peer makes single calls, and \"server\" is another"},
      {"an attempt whose answer is an address", "server runs peer\nserver attempts getsockname 3",
       2, "an address is no outcome; say server calls getsockname 3 giving ADDRESS"},
      {"a call that ends the peer", "server runs peer\nserver calls exit" + kAttempt, 2,
       "a peer ends when its input does: server ends its input"},
      {"a look before the place is learnt",
       "server runs peer\nserver calls socket s\nserver calls bind s 127.0.0.1:0\n"
       "await server BOUND\nserver calls getsockname s as at\n"
       "precondition server BOUND\nrebind $at",
       4, "where \"server\" is will only be learnt by \"server calls getsockname s as at\""},
      {"a socket that nobody made", "server runs peer\nserver calls listen s" + kAttempt, 2,
       "server has no socket \"s\" here"},
      {"a call behind the attempt",
       "server runs peer\nserver attempts recv 3 1\nserver calls close 3", 3, kMustEnd},
      {"a precondition too early",
       "server runs message_server\nprecondition server LISTEN\nserver exits\nrebind", 2,
       "a precondition stands just before the attempt"},
      {"an actor that does not run yet", "client exits\nclient runs message_client\nrebind", 1,
       "no actor \"client\" is there yet; a line \"client runs PROGRAM\" must come first"},
      {"a precondition about nobody",
       "server runs message_server\nprecondition client LISTEN\nrebind", 2,
       "no actor \"client\" is there yet; a line \"client runs PROGRAM\" must come first"},
      {"a call of a program that takes none", "server runs message_server\nserver calls socket a",
       2, "only the program peer makes single calls, and \"server\" is another"},
      {"another kind of program", "server runs message_server\nserver runs peer" + kAttempt, 2,
       "\"server\" is already something else; another program or address needs an actor with "
       "another name"},
      {"options for a peer", "server runs peer with plain" + kAttempt, 1,
       "peer takes no option set"},
      {"options for a foreign program", "server runs nc with plain" + kAttempt, 1,
       "nc takes no option set"},
      {"a client that is tried", "precondition a nothing\na tries message_client", 2,
       "message_client does not bind, so it cannot be tried"},
      {"a look at nowhere", "server runs nc -l 80\nawait server LISTEN" + kAttempt, 2, kIsNowhere},
      {"a destruction at nowhere", "server runs peer\ndestroy server LISTEN" + kAttempt, 2,
       kIsNowhere},
      {"a precondition about nowhere", "server runs peer" + kAttempt, 2, kIsNowhere},
      {"a rebind without a server", "other runs message_server\nprecondition other LISTEN\nrebind",
       3, "there is no actor \"server\" whose address could be bound again; say rebind ADDRESS"},
      {"a repeated rebind without a server",
       "other runs message_server\nprecondition other LISTEN\nrebind for 64 s", 3,
       "there is no actor \"server\" whose address could be bound again"},
      {"a rebind where the server is a client",
       "server runs message_client\nprecondition server nothing\nrebind with plain", 3,
       "there is no actor \"server\" whose address could be bound again; say rebind ADDRESS"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(script_error(row.script), message(row.script, row.line, row.what)) << row.name;
}

TEST(ScriptCheck, NeedsNoServerWhenTheAddressIsGiven) {
  EXPECT_EQ(
      script_error("other runs message_server\nprecondition other LISTEN\nrebind 0.0.0.0:12000"),
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
    EXPECT_EQ(script_error(fmt::format("server runs peer\nserver attempts {}", row.call))
                      .find("a precondition must stand before the attempt") != std::string::npos,
              row.is_demanded)
        << row.call;
}

TEST(ScriptCheck, RefusesAnAttemptOfAProgramThatDoesNotBind) {
  for (const char* program : {"message_client", "peer", "nc"})
    for (const char* attempt : {"restarts", "executes itself"})
      EXPECT_THAT(script_error(fmt::format("server runs message_server\n"
                                           "other runs {}\n"
                                           "precondition server LISTEN\n"
                                           "other {}",
                                           program, attempt)),
                  testing::StartsWith("a.toml:4:1: "))
          << program << " " << attempt;
}

}  // namespace
}  // namespace timewait
