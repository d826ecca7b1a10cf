#include "harness/model/datagram_calls.h"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "harness/model/destination.h"
#include "harness/model/model_timers.h"
#include "harness/model/port_bucket.h"

namespace timewait {
namespace {

constexpr int kLongest = 65507;

/// A socket without a port gets one before it sends (inet_autobind()).
bool has_port(World& world, ModelSocket& socket) {
  if (socket.holds_port()) return true;
  if (take_port(world, socket, 0) != 0) return false;
  socket.local = Endpoint(socket.local.family(), socket.local.address(), socket.port);
  world.note(socket);
  return true;
}

/// How well a socket fits a datagram; 0 when it does not (compute_score() in net/ipv4/udp.c).
int fit_of(const ModelSocket& socket, const Endpoint& from, const Endpoint& to) {
  const bool is_four = to.family() == AF_INET;
  int fit = socket.local.family() == AF_INET && !is_ipv6(socket.kind) ? 2 : 1;
  if (!socket.local.is_wildcard()) {
    if (!is_same_address(socket.local, to)) return 0;
    fit += 4;
  } else if (is_four ? socket.options.is_set(Option::v6only) : !is_ipv6(socket.kind)) {
    return 0;
  }
  if (socket.is_connected()) {
    if (!(socket.remote == from)) return 0;
    fit += 8;
  }
  return fit;
}

ModelSocket* receiver_of(World& world, int network, const Endpoint& from, const Endpoint& to) {
  ModelSocket* best = nullptr;
  int best_fit = 0;
  for (ModelSocket& socket : world.sockets) {
    if (socket.is_gone || socket.is_stream() || socket.port != to.port() ||
        socket.network != network)
      continue;
    const int fit = fit_of(socket, from, to);
    const bool is_newer = fit == best_fit && fit > 0 && world.decides(Rule::newest_gets_datagram);
    if (fit > best_fit || is_newer) {
      best = &socket;
      best_fit = fit;
    }
  }
  return best;
}

}  // namespace

MaybeAnswer connect_datagram(World& world, ModelSocket& socket, const Endpoint& address) {
  if (!has_port(world, socket)) return Answer::failed(EAGAIN);
  const Endpoint plain = destination_of(world, socket, address);
  if (const int error = check_family(world, socket, address, plain)) return Answer::failed(error);
  if (const int error = check_route(world, socket, plain)) return Answer::failed(error);
  const bool is_for_many = world.network_of(socket).type_of(plain) == AddressType::broadcast;
  const bool may_broadcast = socket.options.is_set(Option::broadcast);
  if (world.decides(Rule::broadcast_needs_the_option, is_for_many && !may_broadcast))
    return Answer::failed(EACCES);
  socket.is_in_group = socket.has_selector = false;  // it is hashed anew (udp_lib_rehash())
  if (socket.local.is_wildcard() && !world.network_of(socket).has_route_to(plain))
    change_address(world, socket, world.network_of(socket).source_for(plain));
  socket.remote = plain;
  world.enter(socket, TcpState::established);
  return Answer::of(0);
}

void disconnect_datagram(World& world, ModelSocket& socket) {
  if (!socket.keeps_address || !socket.keeps_port) socket.is_in_group = socket.has_selector = false;
  socket.remote = Endpoint();
  if (!socket.keeps_address) {
    const std::array<std::uint8_t, 16> any{};
    change_address(world, socket,
                   Endpoint(is_ipv6(socket.kind) ? AF_INET6 : AF_INET, any.data(), 0));
  }
  const bool was_in_table = socket.holds_port();
  socket.state = TcpState::bound;
  if (!socket.keeps_port) {
    leave_bucket(world, socket);
    socket.local = Endpoint(socket.local.family(), socket.local.address(), 0);
  }
  if (was_in_table) world.note_what_is_left(socket);
}

MaybeAnswer send_datagram(World& world, ModelSocket& socket, int bytes, bool urgent) {
  if (!has_port(world, socket)) return Answer::failed(EAGAIN);
  if (bytes > 65535) return Answer::failed(EMSGSIZE);
  if (urgent) return Answer::failed(EOPNOTSUPP);
  if (socket.state != TcpState::established) return Answer::failed(EDESTADDRREQ);
  if (bytes > kLongest) return Answer::failed(EMSGSIZE);
  if (world.decides(Rule::error_is_told_once, socket.error != 0))
    return Answer::failed(std::exchange(socket.error, 0));
  if (socket.shut_write) return Answer::failed(EPIPE);
  const Network& network = world.network_of(socket);
  if (world.decides(Rule::link_down_loses_segments, !network.is_loopback_up()))
    return Answer::failed(ENETUNREACH);
  ModelSocket* receiver = receiver_of(world, socket.network, socket.local, socket.remote);
  if (receiver == nullptr) {
    // Nobody answers for a group.
    const bool is_one = network.type_of(socket.remote) == AddressType::local;
    if (world.decides(Rule::nobody_there_is_reported, is_one)) socket.error = ECONNREFUSED;
  } else if (!world.decides(Rule::filter_drops_segments,
                            receiver->options.is_set(Option::filter))) {
    receiver->datagrams.push_back({.from = socket.local, .bytes = bytes});
  }
  return Answer::of(bytes);
}

MaybeAnswer receive_datagram(World& world, ModelSocket& socket, int bytes) {
  const auto is_over = [&] {
    return !socket.datagrams.empty() || socket.error != 0 || socket.shut_read;
  };
  const Wait wait = wait_until(world, socket, socket.options[Option::rcvtimeo], is_over);
  if (wait == Wait::endless) return std::nullopt;
  if (world.decides(Rule::error_is_told_once, socket.error != 0))
    return Answer::failed(std::exchange(socket.error, 0));
  if (!socket.datagrams.empty()) {
    const int length = socket.datagrams.front().bytes;
    socket.datagrams.erase(socket.datagrams.begin());
    return Answer::of(std::min(length, bytes));
  }
  return socket.shut_read && !socket.is_nonblocking ? Answer::of(0) : Answer::failed(EAGAIN);
}

int shut_down_datagram(ModelSocket& socket, Direction direction) {
  socket.shut_read = socket.shut_read || direction != Direction::write;
  socket.shut_write = socket.shut_write || direction != Direction::read;
  return socket.state == TcpState::established ? 0 : ENOTCONN;
}

void close_datagram(World& world, ModelSocket& socket) {
  const bool was_in_table = socket.holds_port();
  leave_bucket(world, socket);
  socket.is_gone = true;
  socket.state = TcpState::bound;
  if (was_in_table) world.note_what_is_left(socket);
}

short datagram_events(const ModelSocket& socket) {
  int events = POLLOUT;
  if (!socket.datagrams.empty() || socket.shut_read) events |= POLLIN;
  if (socket.shut_read && socket.shut_write) events |= POLLHUP;
  if (socket.error != 0) events |= POLLERR;
  return static_cast<short>(events);
}

}  // namespace timewait
