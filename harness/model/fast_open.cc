#include "harness/model/fast_open.h"

#include <algorithm>

namespace timewait {
namespace {

// The bits of net.ipv4.tcp_fastopen.
constexpr int kClient = 0x1;
constexpr int kServer = 0x2;
constexpr int kClientNeedsNoCookie = 0x4;
constexpr int kServerNeedsNoCookie = 0x200;

bool has_room_for_fast_child(const World& world, const ModelSocket& listener) {
  const auto waiting = std::ranges::count_if(world.sockets, [&](const ModelSocket& socket) {
    return socket.is_fast_child && socket.listener == listener.place;
  });
  return waiting < listener.options[Option::fastopen];
}

}  // namespace

bool leaves_syn_to_data(World& world, const ModelSocket& socket) {
  const bool needs_none = (world.sysctls_of(socket).fastopen & kClientNeedsNoCookie) != 0;
  return world.decides(Rule::fast_open_waits_for_data,
                       needs_none && socket.options.is_set(Option::fastopen_connect));
}

bool may_send_with_syn(World& world, const ModelSocket& socket) {
  return (world.sysctls_of(socket).fastopen & kClient) != 0;
}

bool takes_fast_open(World& world, const ModelSocket& listener, const ModelSegment& segment) {
  constexpr int kBoth = kServer | kServerNeedsNoCookie;
  const bool is_allowed = (world.sysctls_of(listener).fastopen & kBoth) == kBoth;
  const bool is_asked = segment.bytes > 0 && listener.options[Option::fastopen] > 0;
  if (!is_allowed || !is_asked) return false;
  if (world.decides(Rule::fast_open_has_room, !has_room_for_fast_child(world, listener)))
    return false;
  return world.decides(Rule::fast_open_makes_child_at_once);
}

}  // namespace timewait
