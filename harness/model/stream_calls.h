#pragma once

#include "harness/model/connect_calls.h"

namespace timewait {

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
