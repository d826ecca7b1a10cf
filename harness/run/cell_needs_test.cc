#include "harness/run/cell_needs.h"

#include <gmock/gmock.h>

#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

using testing::ElementsAre;

/// The needs of a scenario with one cell and this script.
CellNeeds needs_of_script(const std::string& script) {
  const Scenario scenario = read_scenario(
      SourceText("theme/name.toml",
                 "title = \"t\"\nteaches = \"t\"\nfrom = [\"ours\"]\nexpect = \"bound\"\n"
                 "script = \"\"\"\n" +
                     script + "\"\"\"\n"));
  return needs_of(scenario.cells.front());
}

TEST(CellNeeds, AreThoseThatTheScriptTells) {
  const std::string server = "server runs message_server\n";
  const std::string rebind = "precondition server LISTEN\nrebind\n";
  const std::string peer =
      "server runs peer\nserver calls socket s tcp\nserver calls bind s 127.0.0.1:12000\n";
  const struct {
    const char* name;
    std::string script;
    std::set<Ability> abilities;
  } rows[] = {
      {"nothing", server + rebind, {}},
      {"an IPv6 address of a program",
       "server runs message_server --at [::]:12000\n" + rebind,
       {Ability::ipv6}},
      {"an IPv6 address to bind",
       server + "precondition server LISTEN\nrebind [::1]:12000\n",
       {Ability::ipv6}},
      {"another user",
       peer + "server calls seteuid 1000\nprecondition server nothing\nrebind\n",
       {Ability::root_rights, Ability::other_users}},
      {"back to root",
       peer + "server calls seteuid 0\nprecondition server nothing\nrebind\n",
       {Ability::root_rights}},
      {"a bound socket", peer + "precondition server BOUND\nrebind\n", {Ability::bound_sockets}},
      {"a forged segment",
       server + "forge reset for server\n" + rebind,
       {Ability::capture, Ability::raw_segments}},
      {"destroying", server + "destroy server LISTEN\n" + rebind, {Ability::destruction}},
      {"a device", "device tw0 has 10.9.0.1\n" + server + rebind, {Ability::devices}},
      {"a user namespace",
       "sandbox is unprivileged\n" + server + rebind,
       {Ability::user_namespace}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(needs_of_script(row.script).abilities, row.abilities);
  }
}

TEST(CellNeeds, NameSysctlsAndProgramsThatAreNotOurs) {
  const CellNeeds needs = needs_of_script(
      "sysctl net.ipv4.tcp_fin_timeout = 5\n"
      "server runs nginx -g off\nserver listens on 0.0.0.0:80\n"
      "precondition server LISTEN\nrebind\n");
  EXPECT_THAT(needs.abilities, ElementsAre(Ability::sysctls));
  EXPECT_THAT(needs.sysctls, ElementsAre("net.ipv4.tcp_fin_timeout"));
  EXPECT_THAT(needs.programs, ElementsAre("nginx"));
}

}  // namespace
}  // namespace timewait
