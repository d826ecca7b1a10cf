#include "harness/model/address_rule.h"

#include <algorithm>

namespace timewait {
namespace {

constexpr std::size_t size_of(int family) { return family == AF_INET6 ? 16 : 4; }

bool has_same_bytes(const Endpoint& one, const Endpoint& other) {
  return one.family() == other.family() &&
         std::equal(one.address(), one.address() + size_of(one.family()), other.address());
}

/// 0.0.0.0 asks: all IPv4 addresses, and by its fake IPv4 address every native IPv6 one as well.
bool is_in_the_way_of_any_ipv4(RuleBook& rules, const LocalAddress& asks, const LocalAddress& has) {
  const bool takes_ipv4 = !has.v6only || !rules.decides(Rule::v6only_keeps_off_ipv4, true);
  if (is_ipv4(has.at)) return rules.decides(Rule::wildcard_covers_all, takes_ipv4);
  if (has.at.is_wildcard()) return rules.decides(Rule::dual_stack_takes_both, takes_ipv4);
  const bool is_native = asks.at.family() == AF_INET && !has.v6only;
  return rules.decides(Rule::native_ipv6_has_an_ipv4_shadow, is_native);
}

bool is_in_the_way_of_any_ipv6(RuleBook& rules, const LocalAddress& asks, const LocalAddress& has) {
  if (!is_ipv4(has.at)) return rules.decides(Rule::wildcard_covers_all, true);
  if (asks.v6only && rules.decides(Rule::v6only_keeps_off_ipv4, true)) return false;
  return rules.decides(Rule::dual_stack_takes_both, true);
}

bool is_in_the_way_of_one(RuleBook& rules, const LocalAddress& asks, const LocalAddress& has) {
  if (is_same_address(asks.at, has.at)) return rules.decides(Rule::same_address, true);
  if (!has.at.unmapped().is_wildcard()) return false;
  if (is_ipv4(has.at)) return rules.decides(Rule::wildcard_covers_all, is_ipv4(asks.at));
  if (!is_ipv4(asks.at)) return rules.decides(Rule::wildcard_covers_all, true);
  if (has.v6only && rules.decides(Rule::v6only_keeps_off_ipv4, true)) return false;
  return rules.decides(Rule::dual_stack_takes_both, true);
}

}  // namespace

bool is_ipv4(const Endpoint& address) { return address.unmapped().family() == AF_INET; }

bool is_same_address(const Endpoint& one, const Endpoint& other) {
  if (one.family() == other.family()) return has_same_bytes(one, other);
  return has_same_bytes(one.unmapped(), other.unmapped());
}

bool is_in_the_way(RuleBook& rules, const LocalAddress& asks, const LocalAddress& has) {
  if (!asks.at.unmapped().is_wildcard()) return is_in_the_way_of_one(rules, asks, has);
  return is_ipv4(asks.at) ? is_in_the_way_of_any_ipv4(rules, asks, has)
                          : is_in_the_way_of_any_ipv6(rules, asks, has);
}

}  // namespace timewait
