#include "harness/kernel/raw_segment.h"

#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

constexpr std::size_t kEthernetHeader = 14;
constexpr std::size_t kIpv6Header = 40;
constexpr std::size_t kChecksum = 16;  // where it is in a TCP header

std::uint32_t sum_of(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    sum += i % 2 == 0 ? static_cast<std::uint32_t>(byte) << 8 : byte;
  }
  return sum;
}

std::string_view address_of(const Endpoint& endpoint) {
  return {reinterpret_cast<const char*>(endpoint.address()),
          endpoint.family() == AF_INET ? std::size_t{4} : std::size_t{16}};
}

/// The checksum over the pseudo-header and the segment (RFC 9293 section 3.1).
std::uint16_t checksum(const Endpoint& from, const Endpoint& to, std::string_view tcp_bytes) {
  std::uint32_t sum = sum_of(address_of(from)) + sum_of(address_of(to)) + IPPROTO_TCP +
                      static_cast<std::uint32_t>(tcp_bytes.size()) + sum_of(tcp_bytes);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return htons(static_cast<std::uint16_t>(~sum));
}

std::uint16_t number_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<std::uint8_t>(bytes[at]) << 8 |
                                    static_cast<std::uint8_t>(bytes[at + 1]));
}

/// `length` bytes from `begin` on, or none when there are not so many.
std::string part(std::string_view bytes, std::size_t begin, std::size_t length) {
  return begin + length <= bytes.size() && length >= sizeof(tcphdr)
             ? std::string(bytes.substr(begin, length))
             : std::string();
}

}  // namespace

std::string tcp_bytes_of(std::string_view frame) {
  const std::string_view packet = frame.substr(std::min(frame.size(), kEthernetHeader));
  if (packet.size() < sizeof(iphdr)) return {};
  const auto version = static_cast<std::uint8_t>(packet[0]) >> 4;
  if (version == 6) return part(packet, kIpv6Header, number_at(packet, 4));
  const std::size_t header = std::size_t{4} * (static_cast<std::uint8_t>(packet[0]) & 0x0fU);
  const std::size_t whole = number_at(packet, 2);
  return whole < header ? std::string() : part(packet, header, whole - header);
}

std::string reset_bytes(const Endpoint& from, const Endpoint& to, std::uint32_t sequence,
                        std::uint32_t acknowledgement) {
  tcphdr header{};
  header.source = htons(from.port());
  header.dest = htons(to.port());
  header.seq = htonl(sequence);
  header.ack_seq = htonl(acknowledgement);
  header.doff = sizeof header / 4;
  header.rst = 1;
  header.ack = 1;
  return {reinterpret_cast<const char*>(&header), sizeof header};
}

void send_segment(const Endpoint& from, const Endpoint& to, std::string tcp_bytes) {
  std::memset(tcp_bytes.data() + kChecksum, 0, sizeof(std::uint16_t));
  const std::uint16_t sum = checksum(from, to, tcp_bytes);
  std::memcpy(tcp_bytes.data() + kChecksum, &sum, sizeof sum);
  const UniqueFd fd(::socket(from.family(), SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!fd && errno == EPERM) throw CannotRunHere("the kernel refuses a raw socket (CAP_NET_RAW)");
  check(fd.get(), "socket(SOCK_RAW)");
  const Endpoint source(from.family(), from.address(), 0);  // the ports are in the segment
  const Endpoint target(to.family(), to.address(), 0);
  const SocketAddress own(source);
  const SocketAddress other(target);
  check(::bind(fd.get(), own.get(), own.size()), "bind(raw socket)");
  check(::sendto(fd.get(), tcp_bytes.data(), tcp_bytes.size(), 0, other.get(), other.size()),
        "sendto(raw socket)");
}

}  // namespace timewait
