#include "harness/kernel/loopback.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/socket.h>

#include <array>

#include "harness/base/error.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

UniqueFd udp_socket() { return UniqueFd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)); }

TEST(Loopback, LosesWhatIsSentWhileItIsDown) {
  EXPECT_EQ(in_sandbox([] {
              const Endpoint there = *Endpoint::parse("127.0.0.1:12000");
              const UniqueFd receiver = udp_socket();
              const UniqueFd sender = udp_socket();
              bind(receiver.get(), there);
              connect(sender.get(), there);
              set_loopback(false);
              ::send(sender.get(), "down", 4, 0);
              set_loopback(true);
              ::send(sender.get(), "up", 2, 0);
              std::array<char, 8> text{};
              const ssize_t size = ::recv(receiver.get(), text.data(), text.size(), 0);
              return std::string(text.data(), static_cast<std::size_t>(size));
            }),
            "up");
}

TEST(Loopback, IsOnlyForTheRootOfItsNamespaceToTakeDown) {
  if (!may_make_user_namespaces()) GTEST_SKIP() << "user namespaces are refused here";
  EXPECT_EQ(in_sandbox([]() -> std::string {
              check(::unshare(CLONE_NEWUSER), "unshare()");
              try {
                set_loopback(false);
                return "it went down";
              } catch (const SystemError& error) {
                return error.what();
              }
            }),
            "ioctl(SIOCSIFFLAGS, lo down): Operation not permitted");
}

}  // namespace
}  // namespace timewait
