#include "harness/kernel/network_device.h"

#include <gmock/gmock.h>
#include <net/if.h>
#include <sched.h>

#include <cerrno>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/net/errno_name.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

using testing::HasSubstr;

std::string bind_answer(const Endpoint& endpoint) {
  const UniqueFd fd(::socket(endpoint.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  const CallResult result = bind(fd.get(), endpoint);
  return result.ok() ? "bound" : errno_name(result.error);
}

/// What bind() says to an address before a device has it, and afterwards.
std::string around_device(const char* address) {
  return in_sandbox([&] {
    const Endpoint endpoint = *Endpoint::parse(address);
    const std::string before = bind_answer(endpoint);
    add_network_device("va", endpoint);
    return before + ", " + bind_answer(endpoint);
  });
}

TEST(NetworkDevice, HasItsAddressAtOnce) {
  EXPECT_EQ(around_device("10.9.0.1:12000"), "EADDRNOTAVAIL, bound");
  EXPECT_EQ(around_device("[fd09::1]:12000"), "EADDRNOTAVAIL, bound");
}

TEST(NetworkDevice, CanBeBoundTo) {
  EXPECT_EQ(in_sandbox([]() -> std::string {
              add_network_device("va", *Endpoint::parse("10.9.0.1:0"));
              const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
              const int set = ::setsockopt(fd.get(), SOL_SOCKET, SO_BINDTODEVICE, "va", 2);
              return set == 0 ? "0" : errno_name(errno);
            }),
            "0");
}

TEST(NetworkDevice, IsMadeOnce) {
  EXPECT_THAT(in_sandbox([]() -> std::string {
                add_network_device("va", *Endpoint::parse("10.9.0.1:0"));
                add_network_device("va", *Endpoint::parse("10.9.0.2:0"));
                return "made twice";
              }),
              HasSubstr("making the device va: File exists"));
}

TEST(NetworkDevice, HasAShortName) {
  EXPECT_EQ(in_sandbox([]() -> std::string {
              add_network_device("a-name-of-sixteen", *Endpoint::parse("10.9.0.1:0"));
              return "made";
            }),
            "\"a-name-of-sixteen\" is no name for a device: it may have 15 bytes");
}

TEST(NetworkDevice, IsOnlyForTheRootOfItsNamespaceToMake) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(in_sandbox([]() -> std::string {
              check(::unshare(CLONE_NEWUSER), "unshare()");
              add_network_device("va", *Endpoint::parse("10.9.0.1:0"));
              return "made";
            }),
            "the kernel refuses making the device va: Operation not permitted");
}

}  // namespace
}  // namespace timewait
