// Frames for tests, as the Linux loopback carries them.
#pragma once

#include <arpa/inet.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>

#include <cstring>
#include <string>
#include <vector>

#include "harness/kernel/segment.h"

namespace timewait {

/// What a frame may have beside its segment.
struct FrameExtras {
  std::string ip_options;                ///< IPv4, a multiple of 4 bytes
  std::string tcp_options;               ///< likewise
  std::vector<std::uint8_t> extensions;  ///< types of IPv6 extension headers, 8 bytes each
  int fragment_offset = 0;  ///< in units of 8 bytes; IPv6: with IPPROTO_FRAGMENT in `extensions`
  int protocol = IPPROTO_ICMP;  ///< of what is neither TCP nor UDP
};

template <typename Header>
std::string bytes_of(const Header& header) {
  return {reinterpret_cast<const char*>(&header), sizeof header};
}

/// RFC 1071, in network order.
inline std::uint16_t internet_checksum(std::string bytes) {
  if (bytes.size() % 2 != 0) bytes += '\0';
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint16_t word = 0;
    std::memcpy(&word, &bytes[at], sizeof word);
    sum += word;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

inline std::string address_bytes(const Endpoint& endpoint) {
  const std::size_t size = endpoint.family() == AF_INET6 ? 16 : 4;
  return {reinterpret_cast<const char*>(endpoint.address()), size};
}

/// The addresses, the protocol and the length, which the checksums of TCP and UDP cover.
inline std::string pseudo_header(const Segment& segment, std::uint8_t protocol, std::size_t size) {
  return address_bytes(segment.from) + address_bytes(segment.to) +
         bytes_of(htonl(static_cast<std::uint32_t>(size))) + std::string(3, '\0') +
         static_cast<char>(protocol);
}

inline std::string payload_of(const Segment& segment) { return std::string(segment.length, 'x'); }

inline std::string tcp_bytes(const Segment& segment, const FrameExtras& extras) {
  tcphdr header{};
  header.th_sport = htons(segment.from.port());
  header.th_dport = htons(segment.to.port());
  header.th_seq = htonl(segment.sequence);
  header.th_ack = htonl(segment.acknowledgement);
  header.th_off = static_cast<std::uint8_t>((sizeof header + extras.tcp_options.size()) / 4) & 15;
  header.th_flags = segment.flags;
  header.th_win = htons(512);
  const std::string rest = extras.tcp_options + payload_of(segment);
  header.th_sum = internet_checksum(
      pseudo_header(segment, IPPROTO_TCP, sizeof header + rest.size()) + bytes_of(header) + rest);
  return bytes_of(header) + rest;
}

inline std::string udp_bytes(const Segment& segment) {
  udphdr header{};
  header.uh_sport = htons(segment.from.port());
  header.uh_dport = htons(segment.to.port());
  header.uh_ulen = htons(static_cast<std::uint16_t>(sizeof header + segment.length));
  const std::string rest = payload_of(segment);
  header.uh_sum = internet_checksum(
      pseudo_header(segment, IPPROTO_UDP, sizeof header + rest.size()) + bytes_of(header) + rest);
  return bytes_of(header) + rest;
}

inline std::string ipv4_header(const Segment& segment, const FrameExtras& extras, int protocol,
                               std::size_t payload) {
  ip header{};
  header.ip_v = IPVERSION;
  header.ip_hl = static_cast<std::uint8_t>((sizeof header + extras.ip_options.size()) / 4) & 15;
  header.ip_len =
      htons(static_cast<std::uint16_t>(sizeof header + extras.ip_options.size() + payload));
  header.ip_off = htons(static_cast<std::uint16_t>(extras.fragment_offset));
  header.ip_ttl = IPDEFTTL;
  header.ip_p = static_cast<std::uint8_t>(protocol);
  std::memcpy(&header.ip_src, segment.from.address(), sizeof header.ip_src);
  std::memcpy(&header.ip_dst, segment.to.address(), sizeof header.ip_dst);
  header.ip_sum = internet_checksum(bytes_of(header) + extras.ip_options);
  return bytes_of(header) + extras.ip_options;
}

inline std::string extension_header(std::uint8_t type, std::uint8_t next, int fragment_offset) {
  if (type != IPPROTO_FRAGMENT)
    return bytes_of(ip6_ext{.ip6e_nxt = next, .ip6e_len = 0}) + std::string("\x01\x04\0\0\0\0", 6);
  ip6_frag header{};
  header.ip6f_nxt = next;
  header.ip6f_offlg = htons(static_cast<std::uint16_t>(fragment_offset * 8));
  return bytes_of(header);
}

inline std::string ipv6_header(const Segment& segment, const FrameExtras& extras, int protocol,
                               std::size_t payload) {
  std::string extensions;
  auto next = static_cast<std::uint8_t>(protocol);
  for (auto type = extras.extensions.rbegin(); type != extras.extensions.rend(); ++type) {
    extensions.insert(0, extension_header(*type, next, extras.fragment_offset));
    next = *type;
  }
  ip6_hdr header{};
  header.ip6_vfc = 6 << 4;
  header.ip6_plen = htons(static_cast<std::uint16_t>(extensions.size() + payload));
  header.ip6_nxt = next;
  header.ip6_hlim = IPDEFTTL;
  std::memcpy(&header.ip6_src, segment.from.address(), sizeof header.ip6_src);
  std::memcpy(&header.ip6_dst, segment.to.address(), sizeof header.ip6_dst);
  return bytes_of(header) + extensions;
}

/// The whole frame of `segment`, all checksums right, its payload a row of "x".
inline std::string frame_of(const Segment& segment, const FrameExtras& extras = {}) {
  const bool is_ipv6 = segment.from.family() == AF_INET6;
  std::string payload = payload_of(segment);
  int protocol = extras.protocol;
  if (segment.kind == Segment::Kind::tcp) {
    payload = tcp_bytes(segment, extras);
    protocol = IPPROTO_TCP;
  } else if (segment.kind == Segment::Kind::udp) {
    payload = udp_bytes(segment);
    protocol = IPPROTO_UDP;
  }
  ether_header header{};
  header.ether_type = htons(is_ipv6 ? ETHERTYPE_IPV6 : ETHERTYPE_IP);
  const auto ip_header = is_ipv6 ? ipv6_header : ipv4_header;
  return bytes_of(header) + ip_header(segment, extras, protocol, payload.size()) + payload;
}

}  // namespace timewait
