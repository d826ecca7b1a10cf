#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/base/enum_table.h"
#include "harness/net/endpoint.h"

namespace timewait {

/// The control bits of a TCP header (RFC 9293 section 3.1), those that this program speaks of.
enum class TcpFlag : std::uint8_t { fin = 0x01, syn = 0x02, rst = 0x04, psh = 0x08, ack = 0x10 };

inline constexpr auto kTcpFlags = enum_table<TcpFlag>({
    {TcpFlag::syn, "SYN"},
    {TcpFlag::fin, "FIN"},
    {TcpFlag::rst, "RST"},
    {TcpFlag::psh, "PSH"},
    {TcpFlag::ack, "ACK"},
});

/// What goes over the loopback in one piece.
struct Segment {
  enum class Kind { tcp, udp, other };
  Kind kind = Kind::tcp;
  Endpoint from;
  Endpoint to;
  std::uint8_t flags = 0;             ///< TcpFlag bits
  std::uint32_t sequence = 0;         ///< TCP: as in the header, until a timeline makes it relative
  std::uint32_t acknowledgement = 0;  ///< TCP: likewise; means nothing without the ACK flag
  std::uint32_t length = 0;           ///< bytes of payload

  bool has(TcpFlag flag) const { return (flags & static_cast<std::uint8_t>(flag)) != 0; }

  bool operator==(const Segment&) const = default;
};

inline constexpr auto kSegmentKinds = enum_table<Segment::Kind>({
    {Segment::Kind::tcp, "tcp"},
    {Segment::Kind::udp, "udp"},
    {Segment::Kind::other, "other"},
});

/// The segment in an Ethernet frame, of which the end may have been cut off; nothing when not even
/// the headers of its protocols are whole. What is neither TCP nor UDP over IPv4 or IPv6 is
/// `other` and has no ports.
std::optional<Segment> decode_segment(std::string_view frame);

/// The bytes that the frame had before its end was cut off, as its IP header tells; those it has
/// where no header tells of more.
std::size_t wire_length(std::string_view frame);

/// "FIN, ACK"; "none" when no flag is set.
std::string flags_text(std::uint8_t flags);

/// The bits of exactly such a text; nothing when it is none.
std::optional<std::uint8_t> parse_flags(std::string_view text);

}  // namespace timewait
