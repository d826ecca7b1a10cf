#pragma once

#include "harness/model/world.h"

namespace timewait {

/// Sends a SYN from a socket whose 4-tuple is settled.
void open_connection(World& world, ModelSocket& socket);

/// Enters SYN_SENT without a SYN, which the first data brings.
void defer_syn(World& world, ModelSocket& socket);

/// Sends the SYN that was deferred, with so many bytes.
void send_deferred_syn(World& world, ModelSocket& socket, int bytes);

/// The program will send no more: what it has written goes out, and a FIN behind it where the state
/// has one.
void close_connection(World& world, ModelSocket& socket);

/// Breaks the connection off, with a reset where the state has one.
void abort_connection(World& world, ModelSocket& socket);

/// Sends what the other end has room for.
void transmit(World& world, ModelSocket& socket);

/// Tells the other end that there is room again, if it may be waiting for that.
void tell_room(World& world, ModelSocket& socket);

/// Lets the segments arrive that are on their way, and those that answer them.
void run_wire(World& world);

/// What has not been acknowledged goes out once more.
void resend(World& world, ModelSocket& socket);

/// Asks the other end whether it is there.
void probe(World& world, ModelSocket& socket);

/// The end of the connection, tcp_done(): nothing is sent. The socket keeps a port that it was
/// bound to as long as somebody has a descriptor.
void end_connection(World& world, ModelSocket& socket);

/// Leaves a mini-socket in the table in place of the connection, which ends.
void become_mini(World& world, ModelSocket& socket, TcpState state, Duration length);

/// Takes a mini-socket out of the table.
void drop_mini(World& world, ModelSocket& mini);

inline constexpr std::chrono::seconds kTimeWaitLength{60};
inline constexpr std::chrono::milliseconds kFirstTimeout{200};  ///< of a retransmission

}  // namespace timewait
