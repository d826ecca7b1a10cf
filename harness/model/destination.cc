#include "harness/model/destination.h"

#include <errno.h>

namespace timewait {
namespace {

/// Whether there is a way to that address, through a router.
bool is_routed(World& world, const ModelSocket& socket, const Endpoint& plain) {
  const Network& network = world.network_of(socket);
  if (network.type_of(plain) != AddressType::elsewhere || !network.has_route_to(plain))
    return false;
  if (world.decides(Rule::router_is_left_out, socket.options.is_set(Option::dontroute)))
    return false;
  return world.decides(Rule::router_leads_elsewhere);
}

}  // namespace

bool has_no_source(World& world, const ModelSocket& socket) {
  const AddressType type = world.network_of(socket).type_of(socket.local);
  return socket.local.is_wildcard() || type == AddressType::multicast ||
         type == AddressType::broadcast;
}

Endpoint destination_of(World& world, const ModelSocket& socket, const Endpoint& address) {
  static const Endpoint kFour = *Endpoint::parse("127.0.0.1:0");
  static const Endpoint kSix = *Endpoint::parse("[::1]:0");
  const Endpoint plain = address.unmapped();
  if (!plain.is_wildcard()) return plain;
  const bool has_source = socket.local.family() == AF_INET && !has_no_source(world, socket);
  if (plain.family() == AF_INET && has_source)
    return Endpoint(AF_INET, socket.local.address(), plain.port());
  // [::] is 127.0.0.1 for a socket that was bound to a mapped address.
  const bool four = plain.family() == AF_INET || socket.local.family() == AF_INET;
  return four ? Endpoint(AF_INET, kFour.address(), plain.port())
              : Endpoint(AF_INET6, kSix.address(), plain.port());
}

int check_family(World& world, const ModelSocket& socket, const Endpoint& address,
                 const Endpoint& plain) {
  const int wrong = is_ipv6(socket.kind) ? EINVAL : EAFNOSUPPORT;
  // An IPv6 socket of UDP takes an IPv4 address as it is (__ip6_datagram_connect()).
  const bool is_taken = !socket.is_stream() && address.family() == AF_INET;
  if (is_taken && is_ipv6(socket.kind) && socket.options.is_set(Option::v6only))
    return EAFNOSUPPORT;
  const bool fits = is_taken || address.family() == (is_ipv6(socket.kind) ? AF_INET6 : AF_INET);
  if (world.decides(Rule::address_has_the_sockets_family, !fits)) return wrong;
  const bool excluded =
      is_ipv6(socket.kind) && plain.family() == AF_INET && socket.options.is_set(Option::v6only);
  if (world.decides(Rule::v6only_reaches_no_ipv4, excluded)) return ENETUNREACH;
  const bool is_multicast = plain.family() == AF_INET6 && plain.address()[0] == 0xff;
  if (is_multicast && socket.is_stream()) return ENETUNREACH;
  const bool is_link_local = is_multicast && (plain.address()[1] & 0x0f) <= 2;
  if (world.decides(Rule::link_local_needs_a_device,
                    is_link_local && !socket.options.is_set(Option::device)))
    return EINVAL;
  return 0;
}

int check_route(World& world, const ModelSocket& socket, const Endpoint& plain) {
  const AddressType type = world.network_of(socket).type_of(plain);
  const bool is_link_down = plain.family() == AF_INET6 && is_loopback(plain);
  if (type == AddressType::elsewhere && is_link_down && socket.local.is_wildcard())
    return EADDRNOTAVAIL;
  const bool is_group = type == AddressType::multicast && !has_no_source(world, socket);
  if (is_group && !socket.is_stream()) return 0;
  const bool is_anywhere = plain.family() == AF_INET && plain.address()[0] == 255;
  const bool is_for_many = type == AddressType::broadcast && !socket.is_stream() &&
                           !(is_anywhere && has_no_source(world, socket));
  const bool is_reached = is_for_many || is_routed(world, socket, plain);
  if (!is_reached && world.decides(Rule::no_route_to_elsewhere, type != AddressType::local))
    return ENETUNREACH;
  // IP_FREEBIND lets a socket have an address from which nothing can be sent.
  const bool is_elsewhere =
      world.network_of(socket).type_of(socket.local) == AddressType::elsewhere;
  if (world.decides(Rule::no_route_to_elsewhere,
                    is_elsewhere && !socket.options.is_set(Option::transparent)))
    return ENETUNREACH;
  const bool is_bound_to_four = socket.local.family() == AF_INET && socket.keeps_address;
  return is_bound_to_four && plain.family() == AF_INET6 ? EAFNOSUPPORT : 0;
}

}  // namespace timewait
