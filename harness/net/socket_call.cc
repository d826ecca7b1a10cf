#include "harness/net/socket_call.h"

#include <sys/socket.h>

#include <cerrno>

namespace timewait {
namespace {

CallResult answer(SocketCall call, std::string arguments, int value) {
  return {.call = call,
          .arguments = std::move(arguments),
          .value = value,
          .error = value < 0 ? errno : 0};
}

}  // namespace

CallResult set_option(int fd, int option, const std::string& name) {
  const int on = 1;
  const int value = ::setsockopt(fd, SOL_SOCKET, option, &on, sizeof on);
  return answer(SocketCall::setsockopt, name + "=1", value);
}

CallResult bind(int fd, const Endpoint& endpoint) {
  const SocketAddress address(endpoint);
  return answer(SocketCall::bind, endpoint.text(), ::bind(fd, address.get(), address.size()));
}

CallResult listen(int fd, int backlog) {
  return answer(SocketCall::listen, std::to_string(backlog), ::listen(fd, backlog));
}

CallResult connect(int fd, const Endpoint& endpoint) {
  const SocketAddress address(endpoint);
  return answer(SocketCall::connect, endpoint.text(), ::connect(fd, address.get(), address.size()));
}

}  // namespace timewait
