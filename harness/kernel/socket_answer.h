#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/kernel/socket_table.h"

namespace timewait {

/// A request for the socket table that was sent, as its answers name it.
struct SocketRequest {
  std::uint32_t sequence = 0;
  std::uint32_t port_id = 0;  ///< of the netlink socket that sent it
  Protocol protocol = Protocol::tcp;
};

/// What an answer was besides entries.
enum class SocketAnswer {
  more,     ///< another one follows
  last,     ///< the table has been told
  changed,  ///< the table changed while it was told (NLM_F_DUMP_INTR), so it is not whole
};

/// Adds the entries of an answer of NETLINK_SOCK_DIAG to `entries`. `bytes` are what one recv()
/// gave, aligned as a netlink message is. Throws SystemError for an errno that the kernel answers,
/// and Error for an entry that is cut off or of which this program knows neither family, state nor
/// timer.
SocketAnswer read_socket_answer(std::span<const char> bytes, const SocketRequest& request,
                                std::vector<SocketEntry>& entries);

}  // namespace timewait
