#pragma once

#include "harness/model/stream_calls.h"
#include "harness/model/world.h"

namespace timewait {

// The calls of a UDP socket, as those of stream_calls.h.

MaybeAnswer connect_datagram(World& world, ModelSocket& socket, const Endpoint& address);
void disconnect_datagram(World& world, ModelSocket& socket);
MaybeAnswer send_datagram(World& world, ModelSocket& socket, int bytes, bool urgent);
MaybeAnswer receive_datagram(World& world, ModelSocket& socket, int bytes);
int shut_down_datagram(ModelSocket& socket, Direction direction);
void close_datagram(World& world, ModelSocket& socket);
short datagram_events(const ModelSocket& socket);

}  // namespace timewait
