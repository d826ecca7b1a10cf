#include "harness/kernel/segment.h"

#include <arpa/inet.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>

#include <algorithm>
#include <cstring>

namespace timewait {
namespace {

/// What follows the headers that were read so far: how much there was on the wire, and those bytes
/// of it that were captured.
class Rest {
 public:
  explicit Rest(std::string_view captured) : captured_(captured), length_(captured.size()) {}

  std::size_t length() const { return length_; }

  /// What a header says about the length, as opposed to how much was captured.
  void set_length(std::size_t length) {
    length_ = length;
    captured_ = captured_.substr(0, length);
  }

  /// The header at the front; nothing when it is not whole.
  template <typename Header>
  std::optional<Header> header() const {
    if (captured_.size() < sizeof(Header)) return std::nullopt;
    Header header;
    std::memcpy(&header, captured_.data(), sizeof header);
    return header;
  }

  /// False, and nothing skipped, when so much was not captured.
  bool skip(std::size_t size) {
    if (captured_.size() < size) return false;
    captured_.remove_prefix(size);
    length_ -= size;
    return true;
  }

 private:
  std::string_view captured_;
  std::size_t length_;
};

/// Stands for the protocol where a fragment does not begin with the header of one.
constexpr int kLaterFragment = -1;

/// What the IP headers of a frame say.
struct Packet {
  Endpoint from;  ///< without the port
  Endpoint to;
  int protocol = 0;  ///< or kLaterFragment
  Rest payload;
};

std::optional<Packet> ipv4_packet(Rest rest) {
  const auto header = rest.header<ip>();
  if (!header || header->ip_v != IPVERSION) return std::nullopt;
  const std::size_t header_length = header->ip_hl * std::size_t{4};
  if (header_length < sizeof *header) return std::nullopt;
  rest.set_length(ntohs(header->ip_len));
  if (!rest.skip(header_length)) return std::nullopt;
  const bool begins = (ntohs(header->ip_off) & IP_OFFMASK) == 0;
  return Packet{.from = Endpoint(AF_INET, &header->ip_src, 0),
                .to = Endpoint(AF_INET, &header->ip_dst, 0),
                .protocol = begins ? int{header->ip_p} : kLaterFragment,
                .payload = rest};
}

/// Goes past an extension header and returns the type of what follows it.
std::optional<int> skip_extension(Rest& rest) {
  const auto header = rest.header<ip6_ext>();
  if (!header || !rest.skip((header->ip6e_len + std::size_t{1}) * 8)) return std::nullopt;
  return header->ip6e_nxt;
}

/// Likewise for a fragment header: a later fragment is followed by no header.
std::optional<int> skip_fragment_header(Rest& rest) {
  const auto header = rest.header<ip6_frag>();
  if (!header || !rest.skip(sizeof *header)) return std::nullopt;
  const bool begins = (header->ip6f_offlg & IP6F_OFF_MASK) == 0;
  return begins ? int{header->ip6f_nxt} : kLaterFragment;
}

bool is_extension(int type) {
  return type == IPPROTO_HOPOPTS || type == IPPROTO_ROUTING || type == IPPROTO_DSTOPTS ||
         type == IPPROTO_FRAGMENT;
}

/// Goes past the extension headers of RFC 8200 section 4 and returns the protocol behind them.
std::optional<int> skip_extensions(Rest& rest, std::optional<int> type) {
  while (type && is_extension(*type))
    type = *type == IPPROTO_FRAGMENT ? skip_fragment_header(rest) : skip_extension(rest);
  return type;
}

std::optional<Packet> ipv6_packet(Rest rest) {
  constexpr int kVersion = 6;
  const auto header = rest.header<ip6_hdr>();
  if (!header || header->ip6_vfc >> 4 != kVersion || !rest.skip(sizeof *header))
    return std::nullopt;
  rest.set_length(ntohs(header->ip6_plen));
  const auto protocol = skip_extensions(rest, header->ip6_nxt);
  if (!protocol) return std::nullopt;
  return Packet{.from = Endpoint(AF_INET6, &header->ip6_src, 0),
                .to = Endpoint(AF_INET6, &header->ip6_dst, 0),
                .protocol = *protocol,
                .payload = rest};
}

Endpoint with_port(const Endpoint& address, std::uint16_t network_order) {
  return {address.family(), address.address(), ntohs(network_order)};
}

std::optional<Segment> tcp_segment(Packet packet) {
  const auto header = packet.payload.header<tcphdr>();
  if (!header) return std::nullopt;
  const std::size_t header_length = header->th_off * std::size_t{4};
  if (header_length < sizeof *header || !packet.payload.skip(header_length)) return std::nullopt;
  std::uint8_t known = 0;
  for (const auto& [flag, name] : kTcpFlags.rows()) known |= static_cast<std::uint8_t>(flag);
  return Segment{.kind = Segment::Kind::tcp,
                 .from = with_port(packet.from, header->th_sport),
                 .to = with_port(packet.to, header->th_dport),
                 .flags = static_cast<std::uint8_t>(header->th_flags & known),
                 .sequence = ntohl(header->th_seq),
                 .acknowledgement = ntohl(header->th_ack),
                 .length = static_cast<std::uint32_t>(packet.payload.length())};
}

std::optional<Segment> udp_segment(Packet packet) {
  const auto header = packet.payload.header<udphdr>();
  if (!header || !packet.payload.skip(sizeof *header)) return std::nullopt;
  return Segment{.kind = Segment::Kind::udp,
                 .from = with_port(packet.from, header->uh_sport),
                 .to = with_port(packet.to, header->uh_dport),
                 .length = static_cast<std::uint32_t>(packet.payload.length())};
}

std::optional<Segment> segment_of(const std::optional<Packet>& packet) {
  if (!packet) return std::nullopt;
  if (packet->protocol == IPPROTO_TCP) return tcp_segment(*packet);
  if (packet->protocol == IPPROTO_UDP) return udp_segment(*packet);
  return Segment{.kind = Segment::Kind::other,
                 .from = packet->from,
                 .to = packet->to,
                 .length = static_cast<std::uint32_t>(packet->payload.length())};
}

}  // namespace

std::optional<Segment> decode_segment(std::string_view frame) {
  Rest rest(frame);
  const auto header = rest.header<ether_header>();
  if (!header || !rest.skip(sizeof *header)) return std::nullopt;
  const int type = ntohs(header->ether_type);
  if (type == ETHERTYPE_IP) return segment_of(ipv4_packet(rest));
  if (type == ETHERTYPE_IPV6) return segment_of(ipv6_packet(rest));
  return Segment{.kind = Segment::Kind::other};
}

std::size_t wire_length(std::string_view frame) {
  Rest rest(frame);
  const auto header = rest.header<ether_header>();
  if (!header || !rest.skip(sizeof *header)) return frame.size();
  const int type = ntohs(header->ether_type);
  const auto ipv4 = rest.header<ip>();
  const auto ipv6 = rest.header<ip6_hdr>();
  std::size_t told = 0;
  if (type == ETHERTYPE_IP && ipv4) told = sizeof *header + ntohs(ipv4->ip_len);
  if (type == ETHERTYPE_IPV6 && ipv6) told = sizeof *header + sizeof *ipv6 + ntohs(ipv6->ip6_plen);
  return std::max(told, frame.size());
}

std::string flags_text(std::uint8_t flags) {
  std::string text;
  for (const auto& [flag, name] : kTcpFlags.rows()) {
    if ((flags & static_cast<std::uint8_t>(flag)) == 0) continue;
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "none" : text;
}

std::optional<std::uint8_t> parse_flags(std::string_view text) {
  std::uint8_t flags = 0;
  for (const auto& [flag, name] : kTcpFlags.rows())
    if (text.find(name) != std::string_view::npos) flags |= static_cast<std::uint8_t>(flag);
  if (flags_text(flags) != text) return std::nullopt;
  return flags;
}

}  // namespace timewait
