// Scripts on which the kernel and the model once disagreed, each with the answer to its last call.

#include <gtest/gtest.h>

#include "harness/explore/script_player.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

struct Row {
  const char* name;
  std::vector<std::string> script;
  const char* answer;
};

const Row kRows[] = {
    {"the remembered SO_REUSEPORT of a mapped wildcard says nothing about IPv6",
     {"socket a tcp6", "set a reuseport", "bind a [::ffff:0.0.0.0]:12000",
      "setsockopt a SO_REUSEPORT 0", "socket b tcp6", "set b reuseport", "bind b [::]:12000"},
     "EADDRINUSE"},
    {"UDP asks an IPv6 socket with SO_REUSEPORT last",
     {"socket a udp", "set a reuseaddr", "bind a 127.0.0.1:12000", "socket b udp6", "set b both",
      "bind b [::]:12000", "socket c udp", "set c reuseport", "bind c 127.0.0.1:12000"},
     "EADDRINUSE"},
    {"UDP asks who was bound last, not who was made last",
     {"socket a udp", "socket b udp", "set a both", "set b reuseaddr", "bind b 127.0.0.1:12000",
      "bind a 127.0.0.1:12000", "socket c udp", "set c reuseport", "bind c 127.0.0.1:12000"},
     "0"},
    {"a new connection does not get the port of one that is over",
     {"socket a", "bind a 127.0.0.1:12000", "listen a", "socket b", "connect b 127.0.0.1:12000",
      "accept a c", "close c", "close b", "socket d", "connect d 127.0.0.1:12000", "close a",
      "socket e", "bind e 127.0.0.1:12000"},
     "EADDRINUSE"},
    {"a socket that listens takes a selector only if it began to with SO_REUSEPORT",
     {"socket a", "bind a 127.0.0.1:12000", "listen a", "set a reuseport",
      "setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
     "EINVAL"},
    {"a socket that began to listen with SO_REUSEPORT takes a selector without it",
     {"socket a", "set a reuseport", "listen a", "setsockopt a SO_REUSEPORT 0",
      "setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
     "0"},
    {"who comes with SO_REUSEPORT takes a listener that got it too late into its group",
     {"socket a", "bind a 127.0.0.1:12000", "listen a", "setsockopt a SO_REUSEPORT 1", "socket b",
      "set b reuseport", "bind b 127.0.0.1:12000", "listen b",
      "setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
     "0"},
    {"a socket that listens no more has no selector",
     {"socket a", "set a both", "bind a 127.0.0.1:12000", "listen a",
      "setsockopt a SO_ATTACH_REUSEPORT_CBPF first", "shutdown a read", "socket b", "set b both",
      "bind b 127.0.0.1:12000", "listen b", "listen a"},
     "0"},
    {"a UDP socket leaves its group when it connects",
     {"socket a udp", "set a reuseport", "bind a 127.0.0.1:12000", "connect a 127.0.0.1:12000",
      "setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
     "EINVAL"},
    {"a UDP socket with an address of its own stays in its group when it disconnects",
     {"socket a udp", "set a reuseport", "bind a 127.0.0.1:12000", "disconnect a",
      "setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
     "0"},
    {"a UDP socket leaves its group when it gets a device",
     {"socket a udp", "set a reuseport", "bind a 127.0.0.1:12000",
      "setsockopt a SO_BINDTODEVICE lo", "setsockopt a SO_ATTACH_REUSEPORT_CBPF first"},
     "EINVAL"},
    {"nothing can be sent from an address that is elsewhere",
     {"socket a", "setsockopt a IP_FREEBIND 1", "bind a 10.1.2.3:12000",
      "connect a 127.0.0.1:12000"},
     "ENETUNREACH"},
    {"an IPv6 socket of UDP takes an IPv4 address",
     {"socket a udp6", "connect a 127.0.0.1:12000", "getpeername a"},
     "[::ffff:127.0.0.1]:12000"},
    {"an IPv6 socket of UDP that is V6ONLY takes none",
     {"socket a udp6", "bind a [::1]:12000", "connect a 127.0.0.1:12000"},
     "EAFNOSUPPORT"},
    {"[::] is 127.0.0.1 for a socket that was bound to a mapped address",
     {"socket a tcp6", "bind a [::ffff:0.0.0.0]:12000", "connect a [::]:12001"},
     "ECONNREFUSED"},
    {"an urgent byte that nobody has read is left out when the next one comes",
     {"socket a", "bind a 127.0.0.1:12000", "listen a", "socket b", "connect b 127.0.0.1:12000",
      "accept a c", "send b 10 oob", "recv c 100", "send b 10", "send b 10 oob", "recv c 100"},
     "19"},
};

TEST(ExploredScripts, AreAnsweredByTheModel) {
  for (const Row& row : kRows)
    EXPECT_EQ(modelled(script_of(row.script), {}).value().answers.back(), row.answer) << row.name;
}

TEST(ExploredScripts, AreAnsweredByTheKernelAlike) {
  for (const Row& row : kRows)
    EXPECT_EQ(in_sandbox([&] {
                const auto found = ScriptPlayer().play(modelled(script_of(row.script), {}).value());
                return found ? found->kernel : "as the model says";
              }),
              "as the model says")
        << row.name;
}

}  // namespace
}  // namespace timewait
