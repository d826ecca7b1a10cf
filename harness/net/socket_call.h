#pragma once

#include <string>

#include "harness/base/enum_table.h"
#include "harness/net/endpoint.h"

namespace timewait {

/// The socket calls that fixtures and attempts make. The order gives exit_status(): add at the end.
enum class SocketCall {
  socket,
  setsockopt,
  bind,
  listen,
  accept,
  connect,
  send,
  recv,
  shutdown,
  close,
  fork,
  exec,
  getsockopt,
  poll,
  getsockname,
  getpeername,
  fcntl,
  dup,
  seteuid,
  unshare,
};

inline constexpr auto kSocketCalls = enum_table<SocketCall>({
    {SocketCall::socket, "socket"},
    {SocketCall::setsockopt, "setsockopt"},
    {SocketCall::bind, "bind"},
    {SocketCall::listen, "listen"},
    {SocketCall::accept, "accept"},
    {SocketCall::connect, "connect"},
    {SocketCall::send, "send"},
    {SocketCall::recv, "recv"},
    {SocketCall::shutdown, "shutdown"},
    {SocketCall::close, "close"},
    {SocketCall::fork, "fork"},
    {SocketCall::exec, "exec"},
    {SocketCall::getsockopt, "getsockopt"},
    {SocketCall::poll, "poll"},
    {SocketCall::getsockname, "getsockname"},
    {SocketCall::getpeername, "getpeername"},
    {SocketCall::fcntl, "fcntl"},
    {SocketCall::dup, "dup"},
    {SocketCall::seteuid, "seteuid"},
    {SocketCall::unshare, "unshare"},
});

/// The exit status of a fixture whose `call` failed: one for each call, none of which the shell or
/// a test runner uses for something else.
constexpr int exit_status(SocketCall call) { return 20 + static_cast<int>(call); }

/// A call that was made and what the kernel answered: data, never an exception.
struct CallResult {
  SocketCall call = SocketCall::socket;
  std::string arguments;  ///< for people: "0.0.0.0:12000", "SO_REUSEADDR=1"
  int value = 0;          ///< what the call returned
  int error = 0;          ///< errno, 0 when the call succeeded

  bool ok() const { return error == 0; }
};

/// setsockopt(SOL_SOCKET) of an int option to 1. `name` is its spelling, for the result.
CallResult set_option(int fd, int option, const std::string& name);
/// bind() to an IPv4 or IPv6 endpoint.
CallResult bind(int fd, const Endpoint& endpoint);
CallResult listen(int fd, int backlog);
CallResult connect(int fd, const Endpoint& endpoint);

}  // namespace timewait
