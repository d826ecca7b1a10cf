#include "harness/net/endpoint.h"

#include <gtest/gtest.h>

#include <cstring>

namespace timewait {
namespace {

TEST(Endpoint, WritesWhatItReads) {
  const struct {
    const char* text;
    int family;
    std::uint16_t port;
  } rows[] = {
      {"127.0.0.1:12000", AF_INET, 12000},
      {"0.0.0.0:0", AF_INET, 0},
      {"255.255.255.255:65535", AF_INET, 65535},
      {"[::1]:12000", AF_INET6, 12000},
      {"[::]:0", AF_INET6, 0},
      {"[fe80::1]:1", AF_INET6, 1},
      {"[::ffff:127.0.0.1]:80", AF_INET6, 80},
  };
  for (const auto& row : rows) {
    const auto endpoint = Endpoint::parse(row.text);
    ASSERT_TRUE(endpoint) << row.text;
    EXPECT_EQ(endpoint->text(), row.text);
    EXPECT_EQ(endpoint->family(), row.family) << row.text;
    EXPECT_EQ(endpoint->port(), row.port) << row.text;
  }
}

TEST(Endpoint, WritesItsHostAlone) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:12000")->host(), "127.0.0.1");
  EXPECT_EQ(Endpoint::parse("[::1]:12000")->host(), "[::1]");
}

TEST(Endpoint, WritesTheShortestFormOfAnAddress) {
  EXPECT_EQ(Endpoint::parse("[0:0:0:0:0:0:0:1]:80")->text(), "[::1]:80");
  EXPECT_EQ(Endpoint::parse("[::ffff:7f00:1]:80")->text(), "[::ffff:127.0.0.1]:80");
}

TEST(Endpoint, RefusesWhatIsNone) {
  const struct {
    const char* name;
    const char* text;
  } rows[] = {
      {"nothing", ""},
      {"no port", "127.0.0.1"},
      {"an empty port", "127.0.0.1:"},
      {"a port that is too large", "127.0.0.1:65536"},
      {"a negative port", "127.0.0.1:-1"},
      {"a port with a sign", "127.0.0.1:+1"},
      {"a port in hexadecimal", "127.0.0.1:0x50"},
      {"a blank behind", "127.0.0.1:80 "},
      {"a blank before", " 127.0.0.1:80"},
      {"no address", ":80"},
      {"a name", "localhost:80"},
      {"too many bytes", "127.0.0.0.1:80"},
      {"too few bytes", "127.1:80"},
      {"a byte that is too large", "256.0.0.1:80"},
      {"IPv6 without brackets", "::1:80"},
      {"IPv6 without a port", "[::1]"},
      {"IPv6 without a colon before the port", "[::1]80"},
      {"IPv6 with an open bracket", "[::1:80"},
      {"IPv6 with a zone", "[fe80::1%lo]:80"},
      {"empty brackets", "[]:80"},
      {"IPv4 in brackets", "[127.0.0.1]:80"},
  };
  for (const auto& row : rows) EXPECT_FALSE(Endpoint::parse(row.text)) << row.name;
}

TEST(Endpoint, KnowsTheWildcards) {
  EXPECT_TRUE(Endpoint::parse("0.0.0.0:80")->is_wildcard());
  EXPECT_TRUE(Endpoint::parse("[::]:80")->is_wildcard());
  EXPECT_FALSE(Endpoint::parse("0.0.0.1:80")->is_wildcard());
  EXPECT_FALSE(Endpoint::parse("[::1]:80")->is_wildcard());
  EXPECT_FALSE(Endpoint::parse("[::ffff:0.0.0.0]:80")->is_wildcard());
}

TEST(Endpoint, DiffersWhenFamilyAddressOrPortDo) {
  const Endpoint endpoint = *Endpoint::parse("127.0.0.1:80");
  EXPECT_EQ(endpoint, *Endpoint::parse("127.0.0.1:80"));
  EXPECT_NE(endpoint, *Endpoint::parse("127.0.0.1:81"));
  EXPECT_NE(endpoint, *Endpoint::parse("127.0.0.2:80"));
  EXPECT_NE(endpoint, *Endpoint::parse("[::ffff:127.0.0.1]:80"));
  EXPECT_NE(*Endpoint::parse("0.0.0.0:80"), *Endpoint::parse("[::]:80"));
}

TEST(Endpoint, UnmapsAV4MappedAddressAndNoOther) {
  EXPECT_EQ(Endpoint::parse("[::ffff:127.0.0.1]:80")->unmapped().text(), "127.0.0.1:80");
  EXPECT_EQ(Endpoint::parse("[::1]:80")->unmapped().text(), "[::1]:80");
  EXPECT_EQ(Endpoint::parse("127.0.0.1:80")->unmapped().text(), "127.0.0.1:80");
}

TEST(Endpoint, IsMadeFromRawBytes) {
  const std::uint8_t address[] = {10, 0, 0, 7};
  EXPECT_EQ(Endpoint(AF_INET, address, 443).text(), "10.0.0.7:443");
}

TEST(SocketAddress, IsTheSockaddrOfAnIpv4Endpoint) {
  const SocketAddress address(*Endpoint::parse("127.0.0.1:12000"));
  sockaddr_in really{};
  ASSERT_EQ(address.size(), sizeof really);
  std::memcpy(&really, address.get(), sizeof really);
  EXPECT_EQ(really.sin_family, AF_INET);
  EXPECT_EQ(ntohs(really.sin_port), 12000);
  EXPECT_EQ(ntohl(really.sin_addr.s_addr), INADDR_LOOPBACK);
}

TEST(SocketAddress, IsTheSockaddrOfAnIpv6Endpoint) {
  const SocketAddress address(*Endpoint::parse("[::1]:12000"));
  sockaddr_in6 really{};
  ASSERT_EQ(address.size(), sizeof really);
  std::memcpy(&really, address.get(), sizeof really);
  EXPECT_EQ(really.sin6_family, AF_INET6);
  EXPECT_EQ(ntohs(really.sin6_port), 12000);
  EXPECT_TRUE(IN6_IS_ADDR_LOOPBACK(&really.sin6_addr));
  EXPECT_EQ(really.sin6_scope_id, 0u);
}

}  // namespace
}  // namespace timewait
