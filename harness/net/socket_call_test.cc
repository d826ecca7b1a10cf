#include "harness/net/socket_call.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <set>

#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

const Endpoint kAnyPort = *Endpoint::parse("127.0.0.1:0");

UniqueFd tcp_socket() { return UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

/// Where the kernel has bound the socket.
Endpoint endpoint_of(const UniqueFd& fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return Endpoint(AF_INET, &address.sin_addr, ntohs(address.sin_port));
}

void expect_answer(const CallResult& result, SocketCall call, const std::string& arguments,
                   int error) {
  EXPECT_EQ(result.call, call);
  EXPECT_EQ(result.arguments, arguments);
  EXPECT_EQ(result.error, error) << arguments;
  EXPECT_EQ(result.value, error == 0 ? 0 : -1) << arguments;
  EXPECT_EQ(result.ok(), error == 0) << arguments;
}

TEST(CallResult, SaysThatABoundSocketCannotBeBoundAgain) {
  const UniqueFd fd = tcp_socket();
  expect_answer(bind(fd.get(), kAnyPort), SocketCall::bind, "127.0.0.1:0", 0);
  expect_answer(bind(fd.get(), kAnyPort), SocketCall::bind, "127.0.0.1:0", EINVAL);
}

TEST(CallResult, SaysThatAPortIsTaken) {
  const UniqueFd first = tcp_socket();
  ASSERT_TRUE(bind(first.get(), kAnyPort).ok());
  const Endpoint taken = endpoint_of(first);
  const UniqueFd second = tcp_socket();
  expect_answer(bind(second.get(), taken), SocketCall::bind, taken.text(), EADDRINUSE);
}

TEST(CallResult, SaysThatAnAddressIsNotOfThisMachine) {
  const UniqueFd fd = tcp_socket();
  expect_answer(bind(fd.get(), *Endpoint::parse("192.0.2.1:0")), SocketCall::bind, "192.0.2.1:0",
                EADDRNOTAVAIL);
}

TEST(CallResult, SaysWhetherSomebodyListens) {
  const UniqueFd server = tcp_socket();
  ASSERT_TRUE(bind(server.get(), kAnyPort).ok());
  const Endpoint there = endpoint_of(server);
  expect_answer(connect(tcp_socket().get(), there), SocketCall::connect, there.text(),
                ECONNREFUSED);
  expect_answer(listen(server.get(), 5), SocketCall::listen, "5", 0);
  const UniqueFd client = tcp_socket();
  expect_answer(connect(client.get(), there), SocketCall::connect, there.text(), 0);
}

TEST(CallResult, OfAnOptionShowsItsName) {
  const UniqueFd fd = tcp_socket();
  expect_answer(set_option(fd.get(), SO_KEEPALIVE, "SO_KEEPALIVE"), SocketCall::setsockopt,
                "SO_KEEPALIVE=1", 0);
}

TEST(CallResult, OfEveryCallIsDataAlsoWithoutASocket) {
  const std::string there = kAnyPort.text();
  expect_answer(bind(-1, kAnyPort), SocketCall::bind, there, EBADF);
  expect_answer(listen(-1, 5), SocketCall::listen, "5", EBADF);
  expect_answer(connect(-1, kAnyPort), SocketCall::connect, there, EBADF);
  expect_answer(set_option(-1, SO_REUSEADDR, "SO_REUSEADDR"), SocketCall::setsockopt,
                "SO_REUSEADDR=1", EBADF);
}

TEST(SocketCall, HasAnExitStatusOfItsOwn) {
  std::set<int> statuses = {0, 1, 2, 3, 77, 124, 125, 126, 127};  // shells and test runners
  for (const auto& [call, name] : kSocketCalls.rows()) {
    EXPECT_TRUE(statuses.insert(exit_status(call)).second) << name;
    EXPECT_LT(exit_status(call), 128) << name;  // from there on shells mean signals
  }
}

TEST(SocketCall, HasANameOfItsOwn) {
  for (const auto& [call, name] : kSocketCalls.rows()) EXPECT_EQ(kSocketCalls.find(name), call);
}

}  // namespace
}  // namespace timewait
