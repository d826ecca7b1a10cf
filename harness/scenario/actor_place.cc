#include "harness/scenario/actor_place.h"

namespace timewait {

bool belongs(const SocketEntry& entry, const ActorPlace& place) {
  if (entry.protocol != place.protocol) return false;
  const bool is_local = place.side == ActorPlace::Side::local;
  const Endpoint end = (is_local ? entry.local : entry.remote).unmapped();
  if (end.port() != place.endpoint.port()) return false;
  // A wildcard socket's connections have the address of the connection, of either family if the
  // socket is [::].
  if (place.endpoint.is_wildcard())
    return place.endpoint.family() == AF_INET6 || end.family() == AF_INET;
  return end == place.endpoint.unmapped();
}

StateList states_of(const std::vector<SocketEntry>& entries) {
  StateList states;
  for (const SocketEntry& entry : entries) states.add(entry.state);
  return states;
}

}  // namespace timewait
