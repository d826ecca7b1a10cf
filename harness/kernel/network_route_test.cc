#include "harness/kernel/network_route.h"

#include <gmock/gmock.h>
#include <sched.h>

#include <cerrno>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/kernel/loopback.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/net/errno_name.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using testing::HasSubstr;

const Endpoint kFar = *Endpoint::parse("192.0.2.1:12000");
const Endpoint kGateway = *Endpoint::parse("10.0.0.1:0");

/// What connect() of a UDP socket says to an address.
std::string connect_answer(const Endpoint& endpoint, bool dont_route = false) {
  const UniqueFd fd(::socket(endpoint.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const int on = dont_route ? 1 : 0;
  check(::setsockopt(fd.get(), SOL_SOCKET, SO_DONTROUTE, &on, sizeof on), "setsockopt()");
  const CallResult result = connect(fd.get(), endpoint);
  return result.ok() ? "0" : errno_name(result.error);
}

TEST(NetworkRoute, LeadsToItsDestinationOnly) {
  EXPECT_EQ(in_sandbox([] {
              const std::string before = connect_answer(kFar);
              add_network_route(kFar, kGateway);
              return before + ", " + connect_answer(kFar) + ", " +
                     connect_answer(*Endpoint::parse("192.0.2.2:12000"));
            }),
            "ENETUNREACH, 0, ENETUNREACH");
}

TEST(NetworkRoute, IsNotForASocketThatIsNotRouted) {
  EXPECT_EQ(in_sandbox([] {
              add_network_route(kFar, kGateway);
              return connect_answer(kFar, true) + ", " +
                     connect_answer(*Endpoint::parse("127.0.0.1:12000"), true);
            }),
            "ENETUNREACH, 0");
}

TEST(NetworkRoute, IsGoneWhenTheLoopbackGoesDown) {
  EXPECT_EQ(in_sandbox([] {
              add_network_route(kFar, kGateway);
              set_loopback(false);
              set_loopback(true);
              return connect_answer(kFar);
            }),
            "ENETUNREACH");
}

TEST(NetworkRoute, IsMadeOnce) {
  EXPECT_THAT(in_sandbox([]() -> std::string {
                add_network_route(kFar, kGateway);
                add_network_route(kFar, kGateway);
                return "made twice";
              }),
              HasSubstr("making a route to 192.0.2.1 through 10.0.0.1: File exists"));
}

TEST(NetworkRoute, IsOnlyForTheRootOfItsNamespaceToMake) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(in_sandbox([]() -> std::string {
              check(::unshare(CLONE_NEWUSER), "unshare()");
              add_network_route(kFar, kGateway);
              return "made";
            }),
            "the kernel refuses making a route to 192.0.2.1 through 10.0.0.1: Operation not "
            "permitted");
}

}  // namespace
}  // namespace timewait
