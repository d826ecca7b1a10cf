#pragma once

#include "harness/kernel/socket_table.h"

namespace timewait {

/// Destroys what `entry` describes, in the network namespace of the caller, as `ss -K` does:
/// SOCK_DESTROY of NETLINK_SOCK_DIAG. Needs CAP_NET_ADMIN there. A connection's other end gets a
/// reset; a TIME_WAIT just goes, since Linux 6.1. Throws CannotRunHere where the kernel cannot
/// (CONFIG_INET_DIAG_DESTROY, or TIME_WAIT on an older one), SystemError when there is no such
/// entry any more.
void destroy_socket(const SocketEntry& entry);

}  // namespace timewait
