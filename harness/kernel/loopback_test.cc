#include "harness/kernel/loopback.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>

#include "harness/base/error.h"
#include "harness/net/errno_name.h"
#include "harness/net/socket_call.h"
#include "harness/run/sandbox.h"

namespace timewait {
namespace {

/// What `body` returns as the first process of a fresh sandbox; nothing when it threw.
std::string in_sandbox(const std::function<std::string()>& body) {
  Sandbox sandbox(probe_isolation().rung.value(), body);
  sandbox.wait();
  std::array<char, 4096> answer{};
  const ssize_t size = ::read(sandbox.output(), answer.data(), answer.size());
  return {answer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

UniqueFd tcp_socket() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

std::string try_to_connect(const Endpoint& there) {
  const CallResult result = connect(tcp_socket().get(), there);
  return result.ok() ? "connected" : errno_name(result.error);
}

TEST(Loopback, CarriesNothingWhileItIsDown) {
  EXPECT_EQ(in_sandbox([] {
              const Endpoint there = *Endpoint::parse("127.0.0.1:12000");
              const UniqueFd server = tcp_socket();
              bind(server.get(), there);
              listen(server.get(), 5);
              std::string seen = try_to_connect(there);
              set_loopback(false);
              seen += ", down: " + try_to_connect(there);
              set_loopback(true);
              return seen + ", up: " + try_to_connect(there);
            }),
            "connected, down: ENETUNREACH, up: connected");
}

TEST(Loopback, IsOnlyForTheRootOfItsNamespaceToTakeDown) {
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
