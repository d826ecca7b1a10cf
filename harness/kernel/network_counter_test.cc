#include "harness/kernel/network_counter.h"

#include <gtest/gtest.h>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

constexpr const char* kColumns =
    "Tcp: ActiveOpens PassiveOpens\n"
    "Tcp: 3 0\n"
    "TcpExt: TW TCPAbortOnClose\n"
    "TcpExt: 12 -1\n";

TEST(NetworkCounter, StandsBelowItsName) {
  EXPECT_EQ(find_counter(kColumns, "Tcp:ActiveOpens"), 3);
  EXPECT_EQ(find_counter(kColumns, "Tcp:PassiveOpens"), 0);
  EXPECT_EQ(find_counter(kColumns, "TcpExt:TCPAbortOnClose"), -1);
}

TEST(NetworkCounter, StandsBehindItsName) {
  const char* pairs = "sockets: used 9\nTCP: inuse 5 orphan 0 tw 1 alloc 7 mem 1\n";
  EXPECT_EQ(find_counter(pairs, "TCP:tw"), 1);
  EXPECT_EQ(find_counter(pairs, "TCP:mem"), 1);
  EXPECT_EQ(find_counter(pairs, "sockets:used"), 9);
}

TEST(NetworkCounter, IsNotGuessed) {
  for (const char* name : {"TW", "Tcp:TW", "TcpExt:", "TcpExt:Tw", "Udp:TW", ""})
    EXPECT_EQ(find_counter(kColumns, name), std::nullopt) << name;
}

TEST(NetworkCounter, CountsInTheNetworkOfTheCaller) {
  EXPECT_EQ(in_sandbox([] {
              const std::string before = std::to_string(read_counter("Tcp:AttemptFails"));
              const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
              connect(fd.get(), *Endpoint::parse("127.0.0.1:1"));
              return before + " " + std::to_string(read_counter("Tcp:AttemptFails"));
            }),
            "0 1");
}

TEST(NetworkCounter, MustBeOneOfThisKernel) {
  try {
    read_counter("TcpExt:TCPFlights");
    FAIL() << "no exception";
  } catch (const CannotRunHere& error) {
    EXPECT_STREQ(error.what(), "this kernel has no counter TcpExt:TCPFlights");
  }
}

}  // namespace
}  // namespace timewait
