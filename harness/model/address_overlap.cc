#include "harness/model/address_overlap.h"

#include <algorithm>

namespace timewait {
namespace {

bool is_same_address(const Endpoint& one, const Endpoint& other) {
  const std::size_t size = one.family() == AF_INET6 ? 16 : 4;
  return one.family() == other.family() &&
         std::equal(one.address(), one.address() + size, other.address());
}

/// True when `wildcard` is one and stands for `address`.
bool covers(const Endpoint& wildcard, const Endpoint& address) {
  if (!wildcard.is_wildcard()) return false;
  return wildcard.family() == AF_INET6 || address.family() == AF_INET;
}

}  // namespace

bool addresses_overlap(const Endpoint& one, const Endpoint& other) {
  const Endpoint first = one.unmapped();
  const Endpoint second = other.unmapped();
  return is_same_address(first, second) || covers(first, second) || covers(second, first);
}

}  // namespace timewait
