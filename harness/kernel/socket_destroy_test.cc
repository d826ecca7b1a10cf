#include "harness/kernel/socket_destroy.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <filesystem>
#include <iterator>

#include "harness/base/deadline.h"
#include "harness/base/error.h"
#include "harness/net/errno_name.h"
#include "harness/net/socket_call.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

constexpr Duration kPatience = std::chrono::seconds(10);

/// "0" or the name of the errno.
std::string text_of(const CallResult& result) {
  return result.ok() ? "0" : errno_name(result.error);
}

void must(const CallResult& result) {
  if (!result.ok()) throw SystemError(result.arguments, result.error);
}

UniqueFd new_socket(const Endpoint& endpoint) {
  return UniqueFd(check(::socket(endpoint.family(), SOCK_STREAM | SOCK_CLOEXEC, 0), "socket()"));
}

UniqueFd listening(const Endpoint& endpoint) {
  UniqueFd fd = new_socket(endpoint);
  must(bind(fd.get(), endpoint));
  must(listen(fd.get(), 5));
  return fd;
}

/// What a new socket gets that wants the port.
std::string bind_answer(const Endpoint& endpoint) {
  return text_of(bind(new_socket(endpoint).get(), endpoint));
}

/// What recv() gives on a connection.
std::string recv_answer(const UniqueFd& fd) {
  char byte = 0;
  return ::recv(fd.get(), &byte, 1, 0) < 0 ? errno_name(errno) : "end of stream";
}

/// Both ends of a connection to `endpoint`.
struct Connection {
  explicit Connection(const Endpoint& endpoint)
      : listener(listening(endpoint)), client(new_socket(endpoint)) {
    must(connect(client.get(), endpoint));
    server.reset(check(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4()"));
  }

  UniqueFd listener;
  UniqueFd client;
  UniqueFd server;
};

/// The first entry at `endpoint` in this state, once there is one.
SocketEntry entry_at(const Endpoint& endpoint, TcpState state) {
  SocketTable table;
  for (const Deadline deadline = Deadline::after(kPatience); !deadline.expired();)
    for (const SocketEntry& entry : table.read())
      if (entry.local == endpoint && entry.state == state) return entry;
  throw Error("it never was in that state");
}

/// A TIME_WAIT that a server at `endpoint` has left behind.
SocketEntry time_wait_at(const Endpoint& endpoint) {
  Connection connection(endpoint);
  connection.listener.reset();
  connection.server.reset();
  if (recv_answer(connection.client) != "end of stream") throw Error("the server has not closed");
  connection.client.reset();
  return entry_at(endpoint, TcpState::time_wait);
}

std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return std::distance(begin(all), end(all));
}

TEST(SocketDestroy, OfTimeWaitFreesThePort) {
  for (const char* address : {"127.0.0.1:12000", "[::1]:12000"})
    EXPECT_EQ(in_sandbox([&] {
                const Endpoint endpoint = *Endpoint::parse(address);
                const SocketEntry left = time_wait_at(endpoint);
                const std::string before = bind_answer(endpoint);
                destroy_socket(left);
                return fmt::format("before {}, after {}, {} entries", before, bind_answer(endpoint),
                                   SocketTable().read().size());
              }),
              "before EADDRINUSE, after 0, 0 entries")
        << address;
}

TEST(SocketDestroy, OfAConnectionResetsTheOtherEnd) {
  EXPECT_EQ(in_sandbox([] {
              const Endpoint endpoint = *Endpoint::parse("127.0.0.1:12000");
              const Connection connection(endpoint);
              destroy_socket(entry_at(endpoint, TcpState::established));
              return fmt::format("here {}, there {}", recv_answer(connection.server),
                                 recv_answer(connection.client));
            }),
            "here ECONNABORTED, there ECONNRESET");
}

TEST(SocketDestroy, LeavesTheOtherEntriesOfThePort) {
  EXPECT_EQ(in_sandbox([] {
              const Endpoint endpoint = *Endpoint::parse("127.0.0.1:12000");
              const Connection connection(endpoint);
              destroy_socket(entry_at(endpoint, TcpState::established));
              std::string left;
              for (const SocketEntry& entry : SocketTable().read())
                left += fmt::format("{} {}", kTcpStates.name(entry.state), entry.local.text());
              return left;
            }),
            "LISTEN 127.0.0.1:12000");
}

TEST(SocketDestroy, SaysThatThereIsNoSuchEntryAnyMore) {
  EXPECT_EQ(in_sandbox([] {
              const SocketEntry left = time_wait_at(*Endpoint::parse("127.0.0.1:12000"));
              destroy_socket(left);
              const auto before = open_descriptors();
              std::string error = "nothing";
              try {
                destroy_socket(left);
              } catch (const SystemError& gone) {
                error = gone.what();
              }
              return error + (open_descriptors() == before ? "" : ", and a leak");
            }),
            "destroying TIME_WAIT 127.0.0.1:12000: No such file or directory");
}

TEST(SocketDestroy, TakesAnotherSocketWithTheSameAddressesForAnother) {
  EXPECT_EQ(in_sandbox([] {
              SocketEntry left = time_wait_at(*Endpoint::parse("127.0.0.1:12000"));
              ++left.cookie;
              try {
                destroy_socket(left);
              } catch (const SystemError&) {
                return fmt::format("refused, {} left", SocketTable().read().size());
              }
              return std::string("destroyed");
            }),
            "refused, 1 left");
}

}  // namespace
}  // namespace timewait
