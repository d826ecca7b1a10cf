#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace timewait {

// The blocks of a capture file in the format pcapng (draft-ietf-opsawg-pcapng), in the byte order
// of this machine, with one section, one Ethernet interface and times in nanoseconds. Comments may
// be any text: what is no UTF-8 is replaced, what is beyond the 65535 bytes of an option cut off.

/// The Section Header Block, with which the file begins.
std::string pcapng_section(std::string_view comment);

/// The Interface Description Block. A snap length of 0 means that no frame was cut.
std::string pcapng_interface(std::string_view name, std::uint32_t snap_length);

/// A frame that was captured.
struct CapturedFrame {
  std::chrono::nanoseconds since_epoch{0};
  std::string_view bytes;       ///< as many as were captured; belongs to the caller
  std::size_t wire_length = 0;  ///< bytes that the frame had before it was cut
  std::vector<std::string> comments;
};

/// Its Enhanced Packet Block.
std::string pcapng_packet(const CapturedFrame& frame);

/// How many frames a capture saw, and lost.
struct CaptureTotals {
  std::chrono::nanoseconds since_epoch{0};  ///< when they were counted
  std::uint64_t received = 0;               ///< including those that were dropped
  std::uint64_t dropped = 0;
};

/// Their Interface Statistics Block.
std::string pcapng_statistics(const CaptureTotals& totals);

}  // namespace timewait
