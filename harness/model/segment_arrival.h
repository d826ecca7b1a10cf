#pragma once

#include "harness/model/world.h"

namespace timewait {

/// A segment arrives and is looked at by whoever it is for; answers go on the wire.
void arrive(World& world, const Segment& segment);

/// The same for a listener.
void arrive_at_listener(World& world, ModelSocket& listener, const Segment& segment);

/// Answers a segment for which there is no connection with a reset.
void refuse(World& world, const Segment& segment);

// What connection.cc does for those above.

/// Puts a segment on the wire, unless the link is down.
void send(World& world, const Segment& segment);
void send_ack(World& world, ModelSocket& socket);
void send_reset(World& world, ModelSocket& socket);
/// Chooses where the socket's own bytes begin.
void start_numbers(World& world, ModelSocket& socket);
/// What the event does to the socket; null when it does nothing or its rule is broken.
const Transition* next_transition(World& world, const ModelSocket& socket, TcpEvent event);
/// Sends and becomes what the transition says.
void follow(World& world, ModelSocket& socket, const Transition& transition);

}  // namespace timewait
