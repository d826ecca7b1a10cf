#include "harness/model/world.h"

#include <algorithm>

namespace timewait {
namespace {

Endpoint mapped(const Endpoint& address) {
  std::array<std::uint8_t, 16> bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  std::copy(address.address(), address.address() + 4, bytes.begin() + 12);
  return Endpoint(AF_INET6, bytes.data(), address.port());
}

/// How well a listener fits an address; 0 when it does not (inet_lookup_listener()).
int fit_of(const ModelSocket& listener, const Endpoint& local) {
  const int of_device = listener.options.is_set(Option::device) ? 1 : 0;
  if (is_same_address(listener.local, local)) return 5 + of_device;
  if (!listener.local.is_wildcard()) return 0;
  if (listener.local.family() == local.family()) return 3 + of_device;
  const bool is_dual = listener.local.family() == AF_INET6 && is_ipv6(listener.kind) &&
                       !listener.options.is_set(Option::v6only);
  return is_dual ? 1 + of_device : 0;
}

bool is_in_table(const ModelSocket& socket) {
  return !socket.is_gone && (socket.holds_port() || !socket.is_full());
}

}  // namespace

Endpoint ModelSocket::shown(const Endpoint& address) const {
  return is_ipv6(kind) && address.family() == AF_INET ? mapped(address) : address;
}

World::World(const KernelTraits& kernel_traits) : traits(kernel_traits) {
  networks.emplace_back();
  history.reserve(32);
}

Network& World::network_of(const ModelSocket& socket) {
  return networks[static_cast<std::size_t>(socket.network)];
}

ModelSocket& World::new_socket(const ModelSocket& like) {
  ModelSocket& socket = sockets.emplace_back(like);
  socket.place = static_cast<int>(sockets.size()) - 1;
  return socket;
}

void World::note(const ModelSocket& socket, bool is_gone) {
  history.push_back({.id = socket.id,
                     .state = socket.state,
                     .is_gone = is_gone,
                     .protocol = socket.is_stream() ? Protocol::tcp : Protocol::udp,
                     .local = socket.shown(socket.local),
                     .remote = socket.is_connected() ? socket.shown(socket.remote) : Endpoint()});
}

void World::enter(ModelSocket& socket, TcpState state) {
  if (socket.state == state) return;
  socket.state = state;
  note(socket);
}

void World::note_what_is_left(const ModelSocket& socket) {
  const bool is_left = std::ranges::any_of(sockets, [&](const ModelSocket& other) {
    return other.id == socket.id && &other != &socket && is_in_table(other);
  });
  if (!is_left) note(socket, !is_in_table(socket));
}

const ModelSocket* World::find(int id) const {
  const auto found = std::ranges::find_if(
      sockets, [&](const ModelSocket& socket) { return socket.id == id && is_in_table(socket); });
  return found == sockets.end() ? nullptr : &*found;
}

ModelSocket* World::find_connection(int network, const Endpoint& local, const Endpoint& remote) {
  for (ModelSocket& socket : sockets) {
    if (socket.is_gone || socket.remote.port() != remote.port() || socket.network != network ||
        socket.local.port() != local.port() || !socket.is_stream())
      continue;
    if (socket.is_full() && (socket.state == TcpState::bound || socket.state == TcpState::listen))
      continue;
    if (socket.local == local && socket.remote == remote) return &socket;
  }
  return nullptr;
}

ModelSocket* World::find_listener(int network, const Endpoint& local) {
  ModelSocket* best = nullptr;
  int best_fit = 0;
  for (ModelSocket& socket : sockets) {
    if (socket.is_gone || socket.state != TcpState::listen || socket.network != network ||
        socket.port != local.port())
      continue;
    const int device = socket.options[Option::device];
    if (device != 0 && device != Network::kLoopback) continue;
    const int fit = fit_of(socket, local);
    if (fit > best_fit) {
      best = &socket;
      best_fit = fit;
    }
  }
  return best;
}

int World::mini_sockets(int network) const {
  return static_cast<int>(std::ranges::count_if(sockets, [&](const ModelSocket& socket) {
    return socket.is_mini() && !socket.is_gone && socket.network == network;
  }));
}

ModelEntry World::entry_of(const ModelSocket& socket) const {
  const Network& network = networks[static_cast<std::size_t>(socket.network)];
  ModelEntry entry{.id = socket.id,
                   .protocol = socket.is_stream() ? Protocol::tcp : Protocol::udp,
                   .state = socket.state,
                   .local = socket.shown(socket.local),
                   .remote = socket.shown(socket.remote),
                   .is_mini = socket.is_mini(),
                   .is_held = socket.is_held(),
                   .reuseaddr = socket.options.is_set(Option::reuseaddr),
                   .reuseport = socket.options.is_set(Option::reuseport),
                   .v6only = socket.options.is_set(Option::v6only),
                   .device = network.device_name(socket.options[Option::device]),
                   .uid = socket.uid,
                   .unread = 0,
                   .left = std::nullopt};
  if (!socket.is_connected())
    entry.remote = Endpoint(is_ipv6(socket.kind) ? AF_INET6 : AF_INET,
                            std::array<std::uint8_t, 16>{}.data(), 0);
  if (socket.state == TcpState::listen)
    entry.unread = static_cast<int>(socket.accept_queue.size());
  else if (socket.is_full() && socket.is_stream())
    entry.unread = static_cast<int>(socket.unread_bytes());
  for (const Datagram& datagram : socket.datagrams) entry.unread += datagram.bytes;
  if (socket.is_mini()) entry.left = socket.timer - now;
  return entry;
}

}  // namespace timewait
