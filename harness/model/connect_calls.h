#pragma once

#include "harness/model/world.h"

namespace timewait {

/// The answer to a call; nothing for one that waits as things stand.
using MaybeAnswer = std::optional<Answer>;

/// connect() of a TCP socket. One that waits has sent its SYN; made again it goes on waiting.
MaybeAnswer connect_stream(World& world, ModelSocket& socket, const Endpoint& address);

/// The send() to which connect() left the SYN. One that waits for the end of the handshake has sent
/// both; made again it goes on waiting.
MaybeAnswer send_with_syn(World& world, ModelSocket& socket, int bytes);

/// connect() to AF_UNSPEC of a TCP socket: the connection is broken off, a listener is one no more.
void disconnect_stream(World& world, ModelSocket& socket);

/// The listener, which is none any more, takes with it what nobody accepted.
void stop_listening(World& world, ModelSocket& listener);

}  // namespace timewait
