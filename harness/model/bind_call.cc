#include "harness/model/bind_call.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/port_bucket.h"

namespace timewait {
namespace {

bool is_privileged(World& world, const ModelSocket& socket, int port, int uid) {
  const bool is_low = port > 0 && port < world.sysctls_of(socket).unprivileged_port_start;
  return world.decides(Rule::low_port_is_privileged, is_low && uid != 0);
}

/// Whether the socket may be bound to an address that the machine does not have.
bool may_be_elsewhere(World& world, const ModelSocket& socket, bool is_ipv4_address) {
  const Sysctls& sysctls = world.sysctls_of(socket);
  const bool by_sysctl = is_ipv4_address ? sysctls.nonlocal_bind != 0 : sysctls.nonlocal_bind6 != 0;
  return world.decides(Rule::freebind_takes_any_address,
                       by_sysctl || socket.options.is_set(Option::freebind) ||
                           socket.options.is_set(Option::transparent));
}

bool is_not_here(World& world, const ModelSocket& socket, const Endpoint& plain) {
  const bool is_elsewhere = world.network_of(socket).type_of(plain) == AddressType::elsewhere;
  return is_elsewhere && !may_be_elsewhere(world, socket, plain.family() == AF_INET) &&
         world.decides(Rule::address_is_not_here);
}

bool is_bound_already(World& world, const ModelSocket& socket) {
  return world.decides(Rule::binds_once, socket.state != TcpState::bound || socket.holds_port());
}

/// The order of the checks in __inet_bind().
int check_ipv4(World& world, const ModelSocket& socket, const Endpoint& address, int uid) {
  if (world.decides(Rule::address_has_the_sockets_family, address.family() != AF_INET))
    return EAFNOSUPPORT;
  if (is_not_here(world, socket, address)) return EADDRNOTAVAIL;
  if (is_privileged(world, socket, address.port(), uid)) return EACCES;
  return is_bound_already(world, socket) ? EINVAL : 0;
}

/// An IPv6 address that is there on each link anew.
bool needs_scope(const Endpoint& plain) {
  const std::uint8_t* bytes = plain.address();
  if (plain.family() != AF_INET6) return false;
  const bool is_unicast = bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
  const int scope = bytes[1] & 0x0f;
  return is_unicast || (bytes[0] == 0xff && (scope == 1 || scope == 2));
}

/// The order of the checks in __inet6_bind(), which is another one.
int check_ipv6(World& world, const ModelSocket& socket, const Endpoint& address, int uid) {
  if (world.decides(Rule::address_has_the_sockets_family, address.family() != AF_INET6))
    return EINVAL;
  const Endpoint plain = address.unmapped();
  const bool is_multicast = plain.family() == AF_INET6 && plain.address()[0] == 0xff;
  if (world.decides(Rule::stream_has_no_multicast, is_multicast && socket.is_stream()))
    return EINVAL;
  if (is_privileged(world, socket, address.port(), uid)) return EACCES;
  if (is_bound_already(world, socket)) return EINVAL;
  const bool excluded = plain.family() == AF_INET && socket.options.is_set(Option::v6only);
  if (world.decides(Rule::v6only_takes_no_mapped_address, excluded)) return EINVAL;
  const bool is_link_local = needs_scope(plain) && !socket.options.is_set(Option::device);
  if (world.decides(Rule::link_local_needs_a_device, is_link_local)) return EINVAL;
  return is_not_here(world, socket, plain) ? EADDRNOTAVAIL : 0;
}

bool has_port_later(World& world, const ModelSocket& socket, int port) {
  return world.decides(Rule::port_waits_for_connect,
                       port == 0 && socket.options.is_set(Option::no_port));
}

/// Asks for the port with the address that the socket will have; takes that back if it fails.
int take_address(World& world, ModelSocket& socket, const Endpoint& address) {
  const Endpoint before = socket.local;
  const int v6only = socket.options[Option::v6only];
  const Endpoint plain = address.unmapped();
  const bool is_native = is_ipv6(socket.kind) && plain.family() == AF_INET6;
  socket.local = plain;
  if (is_native && !plain.is_wildcard() && world.decides(Rule::native_ipv6_address_is_v6only))
    socket.options.set(Option::v6only, 1);
  if (has_port_later(world, socket, plain.port())) return 0;
  if (const int error = take_port(world, socket, plain.port())) {
    // The address is lost, also one of an earlier bind() that left the port to connect().
    const std::array<std::uint8_t, 16> any{};
    socket.local = Endpoint(is_ipv6(socket.kind) ? AF_INET6 : AF_INET, any.data(), before.port());
    socket.options.set(Option::v6only, v6only);
    return error;
  }
  return 0;
}

}  // namespace

int bind_socket(World& world, ModelSocket& socket, const Endpoint& address, int uid) {
  const int refused = is_ipv6(socket.kind) ? check_ipv6(world, socket, address, uid)
                                           : check_ipv4(world, socket, address, uid);
  if (refused != 0) return refused;
  leave_bucket(world, socket);
  if (const int error = take_address(world, socket, address)) return error;
  // What was once locked stays so, also when it is bound again.
  const bool is_specific =
      !address.unmapped().is_wildcard() || (is_ipv6(socket.kind) && is_ipv4(address));
  socket.keeps_address = socket.keeps_address || is_specific;
  socket.keeps_port = socket.keeps_port || address.port() != 0;
  socket.local = Endpoint(socket.local.family(), socket.local.address(), socket.port);
  socket.remote = Endpoint();
  if (socket.holds_port()) world.note(socket);
  return 0;
}

int listen_on(World& world, ModelSocket& socket, int backlog) {
  if (!socket.is_stream()) return EOPNOTSUPP;
  const bool may = socket.phase == Phase::unconnected &&
                   (socket.state == TcpState::bound || socket.state == TcpState::listen);
  if (!may && world.decides(Rule::listens_unconnected)) return EINVAL;
  socket.backlog = std::min(backlog, world.sysctls_of(socket).somaxconn);
  if (socket.state == TcpState::listen) return 0;
  const Transition* transition = find_transition(TcpState::bound, TcpEvent::listens);
  if (!world.decides(transition->rule)) return 0;
  socket.state = transition->to;
  const bool asks = !socket.holds_port() || world.decides(Rule::listening_asks_again);
  if (const int error = asks ? take_port(world, socket, socket.port) : 0) {
    socket.state = TcpState::bound;
    return error;
  }
  socket.local = Endpoint(socket.local.family(), socket.local.address(), socket.port);
  join_group(world, socket);
  world.note(socket);
  return 0;
}

}  // namespace timewait
