#include "harness/kernel/segment.h"

#include <gmock/gmock.h>

#include "harness/kernel/test_frame.h"

namespace timewait {
namespace {

constexpr std::size_t kEthernet = sizeof(ether_header);
constexpr std::uint8_t kFinAck = 0x11;
const std::string kNoOperations(8, '\x01');

Endpoint at(const char* text) { return *Endpoint::parse(text); }

Segment ipv4(Segment::Kind kind = Segment::Kind::tcp) {
  const bool is_tcp = kind == Segment::Kind::tcp;
  return {.kind = kind,
          .from = at("127.0.0.1:12000"),
          .to = at("127.0.0.2:40312"),
          .flags = is_tcp ? kFinAck : std::uint8_t{0},
          .sequence = is_tcp ? 0xfffffffe : 0,
          .acknowledgement = is_tcp ? 0x01020304U : 0,
          .length = 40};
}

Segment ipv6(Segment::Kind kind = Segment::Kind::tcp) {
  Segment segment = ipv4(kind);
  segment.from = at("[::1]:12000");
  segment.to = at("[fe80::2]:40312");
  return segment;
}

/// What a frame without ports says of `segment`.
Segment without_ports(Segment segment, std::uint32_t length) {
  return {.kind = Segment::Kind::other,
          .from = Endpoint(segment.from.family(), segment.from.address(), 0),
          .to = Endpoint(segment.to.family(), segment.to.address(), 0),
          .length = length};
}

/// Decodes a copy that ends where its memory ends, so that a sanitizer sees what is read beyond.
std::optional<Segment> decode(std::string_view frame) {
  const std::vector<char> exact(frame.begin(), frame.end());
  EXPECT_GE(wire_length({exact.data(), exact.size()}), exact.size());
  return decode_segment({exact.data(), exact.size()});
}

struct Row {
  const char* name;
  std::string frame;
  std::size_t headers;  ///< bytes without which nothing can be said
  Segment segment;
};

std::vector<Row> rows() {
  const Segment udp = ipv4(Segment::Kind::udp);
  const Segment udp6 = ipv6(Segment::Kind::udp);
  const Segment other = ipv4(Segment::Kind::other);
  const Segment other6 = ipv6(Segment::Kind::other);
  Segment bare = ipv4();
  bare.length = 0;
  return {
      {"tcp over IPv4", frame_of(ipv4()), kEthernet + 40, ipv4()},
      {"tcp without payload", frame_of(bare), kEthernet + 40, bare},
      {"IPv4 options", frame_of(ipv4(), {.ip_options = kNoOperations}), kEthernet + 48, ipv4()},
      {"TCP options", frame_of(ipv4(), {.tcp_options = kNoOperations}), kEthernet + 48, ipv4()},
      {"udp over IPv4", frame_of(udp), kEthernet + 28, udp},
      {"icmp", frame_of(other), kEthernet + 20, without_ports(other, 40)},
      {"a first fragment", frame_of(ipv4(), {.fragment_offset = IP_MF}), kEthernet + 40, ipv4()},
      {"a later fragment", frame_of(ipv4(), {.fragment_offset = 5}), kEthernet + 20,
       without_ports(ipv4(), 60)},
      {"tcp over IPv6", frame_of(ipv6()), kEthernet + 60, ipv6()},
      {"udp over IPv6", frame_of(udp6), kEthernet + 48, udp6},
      {"icmp over IPv6", frame_of(other6, {.protocol = IPPROTO_ICMPV6}), kEthernet + 40,
       without_ports(other6, 40)},
      {"IPv6 extension headers",
       frame_of(ipv6(), {.extensions = {IPPROTO_HOPOPTS, IPPROTO_ROUTING, IPPROTO_DSTOPTS}}),
       kEthernet + 84, ipv6()},
      {"a first IPv6 fragment",
       frame_of(ipv6(), {.extensions = {IPPROTO_HOPOPTS, IPPROTO_FRAGMENT}}), kEthernet + 76,
       ipv6()},
      {"a later IPv6 fragment",
       frame_of(ipv6(), {.extensions = {IPPROTO_FRAGMENT}, .fragment_offset = 5}), kEthernet + 48,
       without_ports(ipv6(), 60)},
  };
}

TEST(Segment, IsReadFromItsFrame) {
  for (const Row& row : rows()) {
    const auto segment = decode(row.frame);
    ASSERT_TRUE(segment) << row.name;
    EXPECT_EQ(*segment, row.segment) << row.name;
  }
}

TEST(Segment, IsTheSameHoweverMuchOfItsPayloadWasCutOff) {
  for (const Row& row : rows())
    for (std::size_t size = row.headers; size <= row.frame.size(); ++size)
      EXPECT_EQ(decode(row.frame.substr(0, size)), row.segment) << row.name << " cut to " << size;
}

TEST(Segment, IsNoneWhenItsHeadersAreNotWhole) {
  for (const Row& row : rows())
    for (std::size_t size = 0; size < row.headers; ++size)
      EXPECT_EQ(decode(row.frame.substr(0, size)), std::nullopt) << row.name << " cut to " << size;
}

TEST(Segment, IsNoneWhenAHeaderGivesAnImpossibleLength) {
  constexpr std::size_t kTcpOffset = kEthernet + 20 + 12;
  const struct {
    const char* name;
    Segment segment;
    std::size_t place;
    char byte;
  } cases[] = {
      {"IPv4 header of no length", ipv4(), kEthernet, '\x40'},
      {"IPv4 header shorter than any", ipv4(), kEthernet, '\x44'},
      {"IPv4 header as long as can be, TCP behind it made of payload", ipv4(), kEthernet, '\x4f'},
      {"IPv4 that says it is IPv6", ipv4(), kEthernet, '\x65'},
      {"IPv4 packet shorter than its header", ipv4(), kEthernet + 3, '\x13'},
      {"IPv4 packet that ends in the TCP header", ipv4(), kEthernet + 3, '\x27'},
      {"TCP header of no length", ipv4(), kTcpOffset, '\x00'},
      {"TCP header shorter than any", ipv4(), kTcpOffset, '\x40'},
      {"IPv6 that says it is IPv4", ipv6(), kEthernet, '\x45'},
      {"IPv6 packet that ends in the TCP header", ipv6(), kEthernet + 5, '\x13'},
  };
  for (const auto& row : cases) {
    std::string frame = frame_of(row.segment);
    frame[row.place] = row.byte;
    EXPECT_EQ(decode(frame), std::nullopt) << row.name;
  }
}

TEST(Segment, IsNoneWhenItsTcpHeaderReachesBeyondTheFrame) {
  Segment bare = ipv4();
  bare.length = 0;
  std::string frame = frame_of(bare);
  frame[kEthernet + 20 + 12] = '\xf0';
  EXPECT_EQ(decode(frame), std::nullopt);
}

TEST(Segment, IsNoneWhenAnExtensionHeaderReachesBeyondTheFrame) {
  std::string frame = frame_of(ipv6(), {.extensions = {IPPROTO_DSTOPTS}});
  frame[kEthernet + 40 + 1] = '\xff';
  EXPECT_EQ(decode(frame), std::nullopt);
}

TEST(Segment, HasNoAddressesWithoutIp) {
  std::string frame = frame_of(ipv4());
  frame.replace(kEthernet - 2, 2, "\x08\x06");
  EXPECT_EQ(decode(frame), Segment{.kind = Segment::Kind::other});
}

TEST(Segment, DoesNotTakePaddingForPayload) {
  EXPECT_EQ(decode(frame_of(ipv4()) + "padding"), ipv4());
  EXPECT_EQ(decode(frame_of(ipv6()) + "padding"), ipv6());
}

TEST(Segment, KeepsOnlyTheFlagsThatHaveAName) {
  Segment segment = ipv4();
  segment.flags = 0xff;
  EXPECT_EQ(decode(frame_of(segment))->flags, 0x1f);
}

TEST(WireLength, IsThatOfTheWholeFrame) {
  for (const Row& row : rows()) {
    const std::size_t ip_header = row.segment.from.family() == AF_INET6 ? 40 : 20;
    for (std::size_t size = kEthernet + ip_header; size < row.frame.size(); ++size)
      EXPECT_EQ(wire_length(row.frame.substr(0, size)), row.frame.size()) << row.name;
  }
}

TEST(WireLength, IsThatOfTheBytesWhereNoHeaderTellsOfMore) {
  const std::string frame = frame_of(ipv4());
  EXPECT_EQ(wire_length(""), 0U);
  EXPECT_EQ(wire_length(frame.substr(0, kEthernet + 19)), kEthernet + 19);
  EXPECT_EQ(wire_length(frame + "padding"), frame.size() + 7);
}

TEST(TcpFlags, AreWrittenAndRead) {
  const struct {
    std::uint8_t flags;
    const char* text;
  } cases[] = {
      {0x00, "none"}, {0x02, "SYN"},      {0x12, "SYN, ACK"},
      {0x10, "ACK"},  {0x11, "FIN, ACK"}, {0x1f, "SYN, FIN, RST, PSH, ACK"},
  };
  for (const auto& row : cases) {
    EXPECT_EQ(flags_text(row.flags), row.text);
    EXPECT_EQ(parse_flags(row.text), row.flags);
  }
  EXPECT_EQ(flags_text(0xe0), "none");
}

TEST(TcpFlags, AreReadFromNothingElse) {
  for (const char* text :
       {"", "fin", "FIN,ACK", "ACK, FIN", "FIN, FIN", "FIN, ", " FIN", "FIN, URG", "none, FIN"})
    EXPECT_EQ(parse_flags(text), std::nullopt) << text;
}

}  // namespace
}  // namespace timewait
