#include "harness/model/port_bucket.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/port_choice.h"
#include "harness/model/sharing.h"

namespace timewait {
namespace {

using Cache = Bucket::Cache;

Bucket* find_bucket(World& world, int network, std::uint16_t port) {
  const auto found = std::ranges::find_if(world.buckets, [&](const Bucket& bucket) {
    return bucket.port == port && bucket.network == network;
  });
  return found == world.buckets.end() ? nullptr : &*found;
}

Bucket::Address& address_in(Bucket& bucket, const Endpoint& address, bool connect_only) {
  for (Bucket::Address& known : bucket.addresses)
    if (is_same_address(known.at, address)) return known;
  return bucket.addresses.emplace_back(Bucket::Address{address, connect_only});
}

/// Whether what was allowed at one address is at another (sk_reuseport_match()).
bool covers(const LocalAddress& cached, const LocalAddress& asks) {
  if (cached.at.family() == AF_INET || (is_ipv4(cached.at) && is_ipv4(asks.at)))
    return !asks.v6only &&
           (cached.at.unmapped().is_wildcard() || is_same_address(cached.at, asks.at));
  if (!cached.at.is_wildcard()) return !is_ipv4(cached.at) && is_same_address(cached.at, asks.at);
  return !cached.v6only || !is_ipv4(asks.at);
}

/// What the last binder with SO_REUSEPORT was allowed, the next one like it is allowed unasked.
bool is_like_the_last(World& world, const Bucket& bucket, const ModelSocket& socket) {
  if (bucket.cache == Cache::none || !socket.options.is_set(Option::reuseport) ||
      socket.has_selector || bucket.cached_uid != socket.uid)
    return false;
  return world.decides(Rule::last_reuseport_binder_is_remembered,
                       bucket.cache == Cache::any || covers(bucket.cached, socket.local_address()));
}

bool was_allowed_before(World& world, const Bucket& bucket, const ModelSocket& socket) {
  if (world.decides(Rule::repair_takes_any_port, socket.options[Option::reuseaddr] == 2))
    return true;
  const bool reuses = socket.options.is_set(Option::reuseaddr) && socket.state != TcpState::listen;
  if (world.traits.binder_cache && bucket.all_reuse && reuses) return true;
  return is_like_the_last(world, bucket, socket);
}

void remember(World& world, Bucket& bucket, const ModelSocket& socket, bool is_first) {
  const bool reuses = socket.options.is_set(Option::reuseaddr) && socket.state != TcpState::listen;
  bucket.connect_only = false;
  bucket.all_reuse = reuses && (is_first || bucket.all_reuse);
  if (!socket.options.is_set(Option::reuseport)) {
    bucket.cache = Cache::none;
  } else if (is_first || !is_like_the_last(world, bucket, socket)) {
    bucket.cache = is_first && world.traits.binder_cache ? Cache::any : Cache::strict;
    bucket.cached_uid = socket.uid;
    bucket.cached = socket.local_address();
  }
}

int take_tcp_port(World& world, ModelSocket& socket, std::uint16_t port, bool is_chosen) {
  Bucket* bucket = find_bucket(world, socket.network, port);
  if (!is_chosen && bucket != nullptr && !was_allowed_before(world, *bucket, socket)) {
    world.conflict = find_conflict(world, socket, port, {});
    if (world.conflict) return EADDRINUSE;
  }
  if (!socket.holds_port()) join_bucket(world, socket, port, false);
  const bool is_first = bucket == nullptr;
  bucket = find_bucket(world, socket.network, port);
  remember(world, *bucket, socket, is_first);
  address_in(*bucket, socket.local, false).connect_only = false;
  return 0;
}

int take_udp_port(World& world, ModelSocket& socket, std::uint16_t port, bool is_chosen) {
  if (!is_chosen) {
    world.conflict = find_conflict(world, socket, port, {});
    if (world.conflict) return EADDRINUSE;
  }
  socket.port = port;
  // An IPv6 socket with SO_REUSEPORT goes behind all others (sk_add_node_rcu()).
  join_group(world, socket);
  const bool goes_last = is_ipv6(socket.kind) && socket.is_in_group;
  ++world.chained;
  socket.chain_place = goes_last ? -world.chained : world.chained;
  return 0;
}

/// The address is left to those whose port connect() chose when nobody else has it there.
void settle_address(World& world, Bucket& bucket, const Endpoint& address) {
  bool has_owner = false;
  bool has_binder = false;
  for (const ModelSocket& socket : world.sockets) {
    if (socket.is_gone || socket.port != bucket.port || socket.network != bucket.network ||
        !socket.is_stream() || !is_same_address(socket.local, address))
      continue;
    has_owner = true;
    has_binder = has_binder || !socket.port_of_connect;
  }
  if (!has_owner) {
    std::erase_if(bucket.addresses,
                  [&](const Bucket::Address& known) { return is_same_address(known.at, address); });
  } else if (!has_binder && world.traits.bucket_forgets_binders) {
    address_in(bucket, address, true).connect_only = true;
  }
}

void settle(World& world, int network, std::uint16_t port, const Endpoint& address) {
  Bucket* bucket = find_bucket(world, network, port);
  if (bucket == nullptr) return;
  settle_address(world, *bucket, address);
  if (bucket->addresses.empty()) {
    world.buckets.erase(world.buckets.begin() + (bucket - world.buckets.data()));
  } else if (!bucket->connect_only && world.traits.bucket_forgets_binders) {
    const bool is_free = std::ranges::all_of(bucket->addresses, &Bucket::Address::connect_only);
    if (is_free && world.decides(Rule::port_forgets_its_binders)) bucket->connect_only = true;
  }
}

}  // namespace

int take_port(World& world, ModelSocket& socket, std::uint16_t port) {
  if (port != 0)
    return socket.is_stream() ? take_tcp_port(world, socket, port, false)
                              : take_udp_port(world, socket, port, false);
  const std::uint16_t chosen = choose_port(world, socket);
  if (chosen == 0) return EADDRINUSE;
  return socket.is_stream() ? take_tcp_port(world, socket, chosen, true)
                            : take_udp_port(world, socket, chosen, true);
}

void join_bucket(World& world, ModelSocket& socket, std::uint16_t port, bool connect_only) {
  socket.port = port;
  socket.port_of_connect = connect_only;
  if (!socket.is_stream()) return;
  Bucket* bucket = find_bucket(world, socket.network, port);
  if (bucket == nullptr)
    bucket = &world.buckets.emplace_back(
        Bucket{.network = socket.network, .port = port, .connect_only = connect_only});
  address_in(*bucket, socket.local, connect_only);
}

void join_group(World& world, ModelSocket& socket) {
  socket.is_in_group = socket.options.is_set(Option::reuseport);
  if (!socket.is_in_group) return;
  for (ModelSocket& other : world.sockets) {
    const bool receives = !other.is_gone && other.port == socket.port &&
                          other.kind == socket.kind && other.network == socket.network &&
                          other.state == socket.state;
    if (receives && other.uid == socket.uid && other.options.is_set(Option::reuseport) &&
        other.options.is_set(Option::v6only) == socket.options.is_set(Option::v6only) &&
        is_same_address(other.local, socket.local))
      other.is_in_group = true;
  }
}

void leave_bucket(World& world, ModelSocket& socket) {
  if (!socket.holds_port()) return;
  const std::uint16_t port = socket.port;
  socket.port = 0;
  socket.port_of_connect = false;
  if (socket.is_stream()) settle(world, socket.network, port, socket.local);
}

void change_address(World& world, ModelSocket& socket, const Endpoint& address) {
  const Endpoint before = socket.local;
  socket.local = Endpoint(address.family(), address.address(), before.port());
  if (!socket.holds_port() || !socket.is_stream()) return;
  if (Bucket* bucket = find_bucket(world, socket.network, socket.port); bucket != nullptr) {
    address_in(*bucket, socket.local, socket.port_of_connect);
    settle(world, socket.network, socket.port, before);
  }
}

int take_port_to_connect(World& world, ModelSocket& socket) {
  if (socket.holds_port())
    return is_tuple_free(world, socket, socket.port, Chosen::no) ? 0 : EADDRNOTAVAIL;
  const std::uint16_t port = choose_port_to_connect(world, socket);
  if (port == 0) return EADDRNOTAVAIL;
  socket.local = Endpoint(socket.local.family(), socket.local.address(), port);
  join_bucket(world, socket, port, true);
  return 0;
}

}  // namespace timewait
