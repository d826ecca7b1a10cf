#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/net/endpoint.h"

namespace timewait {

/// The TCP header and payload in an Ethernet frame; nothing when they are not whole.
std::string tcp_bytes_of(std::string_view frame);

/// A reset with nothing but its sequence number and `acknowledgement`, its checksum still 0.
std::string reset_bytes(const Endpoint& from, const Endpoint& to, std::uint32_t sequence,
                        std::uint32_t acknowledgement);

/// Sends a TCP segment from one address to another of this machine, as if the end at `from` had,
/// with its checksum made anew. Needs CAP_NET_RAW over the network namespace; throws CannotRunHere
/// where that is refused.
void send_segment(const Endpoint& from, const Endpoint& to, std::string tcp_bytes);

}  // namespace timewait
