#pragma once

#include "harness/model/world.h"

namespace timewait {

/// Gives the socket the port, or one of the kernel's choice for 0, unless somebody is in its way:
/// the part of bind() and listen() that inet_csk_get_port() is. Returns 0 or the errno, and leaves
/// who was in the way in World::conflict. The socket's address must be the one that it asks for.
int take_port(World& world, ModelSocket& socket, std::uint16_t port);

/// Makes the socket one of those who have its port, without asking anybody.
void join_bucket(World& world, ModelSocket& socket, std::uint16_t port, bool connect_only);

/// A socket that receives from now on joins the others like it that have SO_REUSEPORT, also those
/// that were given it too late to make a group themselves (reuseport_add_sock()).
void join_group(World& world, ModelSocket& socket);

/// The socket has no port any more.
void leave_bucket(World& world, ModelSocket& socket);

/// The socket's address becomes another one; its port stays.
void change_address(World& world, ModelSocket& socket, const Endpoint& address);

/// Finds the socket that is about to connect a port of the kernel's choice, or sees that its own is
/// free for this 4-tuple. Returns 0 or the errno. A TIME_WAIT that is taken over is gone then.
int take_port_to_connect(World& world, ModelSocket& socket);

}  // namespace timewait
