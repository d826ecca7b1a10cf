#pragma once

#include "harness/model/world.h"

namespace timewait {

/// Whether the kernel chose the port or the program did.
enum class Chosen { no, yes };

/// A port for bind() or listen() of a socket that asks for none; 0 when there is none. The kernel
/// begins at a random place: the model begins behind the port that it chose last.
std::uint16_t choose_port(World& world, const ModelSocket& socket);

/// A port for connect(); 0 when there is none.
std::uint16_t choose_port_to_connect(World& world, const ModelSocket& socket);

/// Whether nobody has the 4-tuple that the socket would have with this port. A TIME_WAIT that may
/// be taken over is taken away.
bool is_tuple_free(World& world, const ModelSocket& socket, std::uint16_t port, Chosen chosen);

}  // namespace timewait
