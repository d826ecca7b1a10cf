#include "harness/model/address_overlap.h"

#include <gtest/gtest.h>

namespace timewait {
namespace {

struct Row {
  const char* name;
  const char* one;
  const char* other;
  bool overlap;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.one << " and " << row.other; }

class AddressOverlap : public testing::TestWithParam<Row> {};

TEST_P(AddressOverlap, IsTheSameFromBothSides) {
  const Endpoint one = *Endpoint::parse(GetParam().one);
  const Endpoint other = *Endpoint::parse(GetParam().other);
  EXPECT_EQ(addresses_overlap(one, other), GetParam().overlap);
  EXPECT_EQ(addresses_overlap(other, one), GetParam().overlap);
}

INSTANTIATE_TEST_SUITE_P(
    Rule, AddressOverlap,
    testing::Values(Row{"EqualIpv4", "127.0.0.1:1", "127.0.0.1:1", true},
                    Row{"PortsDoNotCount", "127.0.0.1:1", "127.0.0.1:2", true},
                    Row{"DifferentIpv4", "127.0.0.1:1", "127.0.0.2:1", false},
                    Row{"Ipv4WildcardAndIpv4", "0.0.0.0:1", "127.0.0.2:1", true},
                    Row{"Ipv4WildcardAndItself", "0.0.0.0:1", "0.0.0.0:1", true},
                    Row{"Ipv4WildcardAndIpv6Wildcard", "0.0.0.0:1", "[::]:1", true},
                    Row{"Ipv4WildcardAndMapped", "0.0.0.0:1", "[::ffff:127.0.0.1]:1", true},
                    Row{"Ipv4WildcardAndNativeIpv6", "0.0.0.0:1", "[::1]:1", false},
                    Row{"Ipv4AndMapped", "127.0.0.1:1", "[::ffff:127.0.0.1]:1", true},
                    Row{"Ipv4AndAnotherMapped", "127.0.0.2:1", "[::ffff:127.0.0.1]:1", false},
                    Row{"Ipv4AndNativeIpv6", "127.0.0.1:1", "[::1]:1", false},
                    Row{"Ipv6WildcardAndIpv4", "[::]:1", "127.0.0.1:1", true},
                    Row{"Ipv6WildcardAndNativeIpv6", "[::]:1", "[::1]:1", true},
                    Row{"Ipv6WildcardAndMapped", "[::]:1", "[::ffff:127.0.0.1]:1", true},
                    Row{"EqualIpv6", "[::1]:1", "[::1]:1", true},
                    Row{"DifferentIpv6", "[::1]:1", "[::2]:1", false},
                    Row{"MappedWildcardAndIpv4", "[::ffff:0.0.0.0]:1", "127.0.0.1:1", true},
                    Row{"MappedWildcardAndNativeIpv6", "[::ffff:0.0.0.0]:1", "[::1]:1", false}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace timewait
