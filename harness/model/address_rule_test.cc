#include "harness/model/address_rule.h"

#include <gtest/gtest.h>

#include <array>

namespace timewait {
namespace {

constexpr std::array kAsks{"127.0.0.1:1",  "127.0.0.2:1",          "0.0.0.0:1",
                           "[::]:1",       "[::]:1 only",          "[::1]:1 only",
                           "[::2]:1 only", "[::ffff:127.0.0.1]:1", "[::ffff:127.0.0.2]:1"};

LocalAddress address_of(std::string text) {
  const bool only = text.ends_with(" only");
  if (only) text.resize(text.size() - 5);
  return {.at = *Endpoint::parse(text), .v6only = only};
}

/// Who is in whose way: one letter for each of kAsks.
struct Row {
  const char* has;
  const char* in_the_way;
};

constexpr Row kRows[] = {
    {"127.0.0.1:1", "X.XX...X."},  {"0.0.0.0:1", "XXXX...XX"},
    {"[::1]:1 only", "...XXX..."}, {"[::]:1", "XXXXXXXXX"},
    {"[::]:1 only", "...XXXX.."},  {"[::ffff:127.0.0.1]:1", "X.XX...X."},
    {"[::1]:1", "..XXXX..."},  // of a socket that could have had IPv4 connections
};

TEST(AddressRule, SaysWhoIsInWhoseWay) {
  for (const Row& row : kRows) {
    std::string found;
    for (const char* asks : kAsks) {
      RuleBook rules;
      found += is_in_the_way(rules, address_of(asks), address_of(row.has)) ? 'X' : '.';
    }
    EXPECT_EQ(found, row.in_the_way) << row.has;
  }
}

TEST(AddressRule, NamesTheRuleThatDecided) {
  RuleBook rules;
  EXPECT_TRUE(is_in_the_way(rules, address_of("0.0.0.0:1"), address_of("[::1]:1")));
  EXPECT_EQ(rules.decided(Rule::native_ipv6_has_an_ipv4_shadow), 1U);
}

}  // namespace
}  // namespace timewait
