#pragma once

#include "harness/model/world.h"

namespace timewait {

/// The answer to a call; nothing for one that waits as things stand.
using MaybeAnswer = std::optional<Answer>;

/// connect() of a TCP socket. One that waits has sent its SYN; made again it goes on waiting.
MaybeAnswer connect_stream(World& world, ModelSocket& socket, const Endpoint& address);

/// connect() to AF_UNSPEC of a TCP socket: the connection is broken off, a listener is one no more.
void disconnect_stream(World& world, ModelSocket& socket);

/// The listener, which is none any more, takes with it what nobody accepted.
void stop_listening(World& world, ModelSocket& listener);

/// The connection that accept() takes from the queue, of which nobody has a descriptor yet; null
/// with the answer in `answer` when there is none.
ModelSocket* take_from_queue(World& world, ModelSocket& socket, MaybeAnswer& answer);

MaybeAnswer send_stream(World& world, ModelSocket& socket, int bytes, bool urgent);
MaybeAnswer receive_stream(World& world, ModelSocket& socket, int bytes);
int shut_down_stream(World& world, ModelSocket& socket, Direction direction);

/// close() of the last descriptor. `may_linger` is false when the process ends.
void close_stream(World& world, ModelSocket& socket, bool may_linger);

/// What poll() sees, POLLIN and the like.
short stream_events(World& world, const ModelSocket& socket);

}  // namespace timewait
