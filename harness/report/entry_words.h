#pragma once

#include <string>

#include "harness/kernel/socket_table.h"

namespace timewait {

/// The ends of an entry of the socket table: "127.0.0.1:12000 -> 127.0.0.1:40312", or its address
/// alone where there is no other end.
std::string connection_words(const SocketEntry& entry);

/// Who has an entry open, what waits in it, how long the kernel keeps it and what is set on it, as
/// far as these are known: "no process, 59.99 s left, SO_REUSEADDR", "server, 2 to accept".
std::string remarks_on(const SocketEntry& entry);

}  // namespace timewait
