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

TEST(AcknowledgeAtOnce, IsNeededForThat) {
  EXPECT_EQ(state_after_close(SocketKind::tcp, "127.0.0.1:12000", false), "FIN_WAIT1");
  EXPECT_EQ(state_after_close(SocketKind::tcp6, "[::1]:12000", false), "FIN_WAIT1");
}

}  // namespace
}  // namespace timewait
