#include "harness/net/socket_call.h"

#include <sys/socket.h>

#include <cerrno>

namespace timewait {
namespace {

/// What a call returned, with errno taken before anything else can change it.
struct Answer {
  explicit Answer(int result) : value(result), error(result < 0 ? errno : 0) {}
  int value;
  int error;
};

CallResult result_of(SocketCall call, const Answer& answer, std::string arguments) {
  return {.call = call,
          .arguments = std::move(arguments),
          .value = answer.value,
          .error = answer.error};
}

}  // namespace

CallResult set_option(int fd, int option, const std::string& name) {
  const int on = 1;
  const Answer answer(::setsockopt(fd, SOL_SOCKET, option, &on, sizeof on));
  return result_of(SocketCall::setsockopt, answer, name + "=1");
}

CallResult bind(int fd, const Endpoint& endpoint) {
  const SocketAddress address(endpoint);
  const Answer answer(::bind(fd, address.get(), address.size()));
  return result_of(SocketCall::bind, answer, endpoint.text());
}

CallResult listen(int fd, int backlog) {
  const Answer answer(::listen(fd, backlog));
  return result_of(SocketCall::listen, answer, std::to_string(backlog));
}

CallResult connect(int fd, const Endpoint& endpoint) {
  const SocketAddress address(endpoint);
  const Answer answer(::connect(fd, address.get(), address.size()));
  return result_of(SocketCall::connect, answer, endpoint.text());
}

}  // namespace timewait
