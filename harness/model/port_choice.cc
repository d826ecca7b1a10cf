#include "harness/model/port_choice.h"

#include <algorithm>

#include "harness/model/connection.h"
#include "harness/model/port_bucket.h"
#include "harness/model/sharing.h"

namespace timewait {
namespace {

/// The first port of the range that `fits`, from behind the one that was chosen last; those at an
/// odd distance from the range's start first, or last.
template <typename Fits>
std::uint16_t first_port(World& world, const ModelSocket& socket, int odd_first, const Fits& fits) {
  const Network& network = world.network_of(socket);
  const int first = network.sysctls.first_local_port;
  const int last = network.sysctls.last_local_port;
  for (const int odd : {odd_first, 1 - odd_first}) {
    const int pairs = (last - first - odd + 2) / 2;  // 0 for an odd port of a range of one
    for (int tried = 0; tried < pairs; ++tried) {
      const int port = first + odd + 2 * ((world.chosen_ports + tried) % pairs);
      if (world.decides(Rule::reserved_port_is_not_chosen, network.is_reserved(port))) continue;
      if (!fits(static_cast<std::uint16_t>(port))) continue;
      ++world.chosen_ports;
      return static_cast<std::uint16_t>(port);
    }
  }
  return 0;
}

/// Whether the rest of a connection may give its 4-tuple to a new one (tcp_twsk_unique()).
bool may_take_over(World& world, const ModelSocket& rest, Chosen chosen) {
  const Sysctls& sysctls = world.sysctls_of(rest);
  if (sysctls.timestamps == 0) return false;
  if (chosen == Chosen::no) return world.decides(Rule::own_port_takes_time_wait_over);
  if (world.decides(Rule::fin_wait2_is_not_taken_over, rest.state == TcpState::fin_wait2))
    return false;
  const bool wanted = sysctls.tw_reuse == 1 || (sysctls.tw_reuse == 2 && is_loopback(rest.remote));
  const Duration age = world.now - rest.became_mini;
  return wanted && age > std::chrono::milliseconds(sysctls.tw_reuse_delay) &&
         world.decides(Rule::chosen_port_takes_time_wait_over);
}

/// Whether connect() may choose a port: it may when all who have it got it the same way.
bool is_open_to_connect(World& world, const ModelSocket& socket, std::uint16_t port) {
  const auto found = std::ranges::find_if(world.buckets, [&](const Bucket& bucket) {
    return bucket.port == port && bucket.network == socket.network;
  });
  return found == world.buckets.end() || found->connect_only ||
         !world.decides(Rule::bound_port_is_not_chosen);
}

}  // namespace

std::uint16_t choose_port(World& world, const ModelSocket& socket) {
  const auto is_free = [&](bool reuseaddr) {
    return [&world, &socket, reuseaddr](std::uint16_t port) {
      const Sharing sharing{.reuseaddr = reuseaddr, .reuseport = !socket.is_stream()};
      world.conflict = find_conflict(world, socket, port, sharing);
      return !world.conflict;
    };
  };
  const std::uint16_t port = first_port(world, socket, 1, is_free(!socket.is_stream()));
  if (port != 0 || !socket.is_stream()) return port;
  if (!world.decides(Rule::autobind_reuse_shares, world.sysctls_of(socket).autobind_reuse != 0))
    return 0;
  return first_port(world, socket, 1, is_free(true));
}

std::uint16_t choose_port_to_connect(World& world, const ModelSocket& socket) {
  return first_port(world, socket, 0, [&](std::uint16_t port) {
    return is_open_to_connect(world, socket, port) &&
           is_tuple_free(world, socket, port, Chosen::yes);
  });
}

bool is_tuple_free(World& world, const ModelSocket& socket, std::uint16_t port, Chosen chosen) {
  const Endpoint local(socket.local.family(), socket.local.address(), port);
  ModelSocket* other = world.find_connection(socket.network, local, socket.remote);
  if (other == nullptr || other == &socket) return true;
  // A connection of a device is another one for who is not bound to that device.
  const int device = other->options[Option::device];
  if (world.decides(Rule::different_devices,
                    device != 0 && device != socket.options[Option::device]))
    return true;
  if (!other->is_mini() || !may_take_over(world, *other, chosen)) {
    if (!world.decides(Rule::one_connection_per_tuple)) return true;
    if (!world.conflict)
      world.conflict =
          Conflict{.entry = world.entry_of(*other), .rule = Rule::one_connection_per_tuple};
    return false;
  }
  drop_mini(world, *other);
  return true;
}

}  // namespace timewait
