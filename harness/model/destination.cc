#include "harness/model/destination.h"

#include <errno.h>

namespace timewait {

Endpoint destination_of(const ModelSocket& socket, const Endpoint& address) {
  static const Endpoint kFour = *Endpoint::parse("127.0.0.1:0");
  static const Endpoint kSix = *Endpoint::parse("[::1]:0");
  const Endpoint plain = address.unmapped();
  if (!plain.is_wildcard()) return plain;
  const bool four = plain.family() == AF_INET ||
                    (socket.local.family() == AF_INET && !socket.local.is_wildcard());
  if (four && plain.family() == AF_INET && !socket.local.is_wildcard())
    return Endpoint(AF_INET, socket.local.address(), plain.port());
  return four ? Endpoint(AF_INET, kFour.address(), plain.port())
              : Endpoint(AF_INET6, kSix.address(), plain.port());
}

int check_family(World& world, const ModelSocket& socket, const Endpoint& address,
                 const Endpoint& plain) {
  const int wrong = is_ipv6(socket.kind) ? EINVAL : EAFNOSUPPORT;
  const bool fits = address.family() == (is_ipv6(socket.kind) ? AF_INET6 : AF_INET);
  if (world.decides(Rule::address_has_the_sockets_family, !fits)) return wrong;
  const bool excluded =
      is_ipv6(socket.kind) && plain.family() == AF_INET && socket.options.is_set(Option::v6only);
  if (world.decides(Rule::v6only_reaches_no_ipv4, excluded)) return ENETUNREACH;
  // A UDP socket keeps the address that connect() gave it for the next connect().
  const bool is_at_four = is_ipv6(socket.kind) && socket.local.family() == AF_INET &&
                          (socket.keeps_address || !socket.local.is_wildcard());
  return is_at_four && plain.family() == AF_INET6 ? EAFNOSUPPORT : 0;
}

}  // namespace timewait
