#include "harness/kernel/quick_ack.h"

#include <gtest/gtest.h>

#include "harness/kernel/socket_table.h"
#include "harness/net/caller.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

/// The state of the end that closed, right after close().
std::string state_after_close(SocketKind kind, const char* address, bool at_once) {
  return in_sandbox([&] {
    if (at_once) acknowledge_at_once();
    const Endpoint server = *Endpoint::parse(address);
    Caller caller;
    caller.make({.name = CallName::socket, .socket = "server", .kind = kind});
    caller.make({.name = CallName::bind, .socket = "server", .address = server});
    caller.make({.name = CallName::listen, .socket = "server", .number = 5});
    caller.make({.name = CallName::socket, .socket = "client", .kind = kind});
    caller.make({.name = CallName::connect, .socket = "client", .address = server});
    caller.make({.name = CallName::close, .socket = "client"});
    std::string state = "nothing";
    for (const SocketEntry& entry : SocketTable().read())
      if (entry.remote == server) state = kTcpStates.name(entry.state);
    return state;
  });
}

TEST(AcknowledgeAtOnce, LeavesNobodyWaitingForTheAckOfItsFin) {
  EXPECT_EQ(state_after_close(SocketKind::tcp, "127.0.0.1:12000", true), "FIN_WAIT2");
  EXPECT_EQ(state_after_close(SocketKind::tcp, "127.0.0.2:12000", true), "FIN_WAIT2");
  EXPECT_EQ(state_after_close(SocketKind::tcp6, "[::1]:12000", true), "FIN_WAIT2");
}

/// The other end may have a reason to acknowledge at once, but it has not always.
bool ever_waits_for_the_ack(SocketKind kind, const char* address) {
  for (int i = 0; i < 20; ++i)
    if (state_after_close(kind, address, false) == "FIN_WAIT1") return true;
  return false;
}

TEST(AcknowledgeAtOnce, IsNeededForThat) {
  EXPECT_TRUE(ever_waits_for_the_ack(SocketKind::tcp, "127.0.0.1:12000"));
  EXPECT_TRUE(ever_waits_for_the_ack(SocketKind::tcp6, "[::1]:12000"));
}

}  // namespace
}  // namespace timewait
