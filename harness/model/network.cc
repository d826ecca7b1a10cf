#include "harness/model/network.h"

#include <algorithm>

#include "harness/model/address_rule.h"

namespace timewait {
namespace {

bool is_multicast(const Endpoint& plain) {
  const std::uint8_t first = plain.address()[0];
  return plain.family() == AF_INET ? first >= 224 && first < 240 : first == 255;
}

bool is_broadcast(const Endpoint& plain) {
  const std::uint8_t* bytes = plain.address();
  if (plain.family() != AF_INET || bytes[1] != 255 || bytes[2] != 255 || bytes[3] != 255)
    return false;
  return bytes[0] == 255 || bytes[0] == 127;
}

}  // namespace

bool is_loopback(const Endpoint& plain) {
  static constexpr std::uint8_t kOne[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  if (plain.family() == AF_INET) return plain.address()[0] == 127;
  return std::equal(kOne, kOne + 16, plain.address());
}

AddressType Network::type_of(const Endpoint& address) const {
  const Endpoint plain = address.unmapped();
  if (plain.is_wildcard()) return AddressType::any;
  if (is_multicast(plain)) return AddressType::multicast;
  if (is_broadcast(plain) && (loopback_up_ || plain.address()[0] == 255))
    return AddressType::broadcast;
  return device_of(plain) != 0 ? AddressType::local : AddressType::elsewhere;
}

int Network::device_of(const Endpoint& address) const {
  const Endpoint plain = address.unmapped();
  // The link takes its IPv6 address with it when it goes down, and leaves the IPv4 ones.
  if (is_loopback(plain) && (loopback_up_ || plain.family() == AF_INET)) return kLoopback;
  for (std::size_t i = 0; i < devices_.size(); ++i)
    for (const Endpoint& own : devices_[i].addresses)
      if (is_same_address(own, plain)) return static_cast<int>(i) + kLoopback + 1;
  return 0;
}

Endpoint Network::source_for(const Endpoint& destination) const {
  static const Endpoint kFirst = *Endpoint::parse("127.0.0.1:0");
  const Endpoint plain = destination.unmapped();
  if (plain.family() == AF_INET && is_loopback(plain))
    return Endpoint(AF_INET, kFirst.address(), destination.port());
  return plain;
}

void Network::set_loopback(bool up) {
  loopback_up_ = up;
  // Its routes go with the link, and do not come back.
  if (!up) routes_.clear();
}

void Network::add_route(const Endpoint& destination) { routes_.push_back(destination.unmapped()); }

bool Network::has_route_to(const Endpoint& address) const {
  const Endpoint plain = address.unmapped();
  return std::ranges::any_of(
      routes_, [&](const Endpoint& behind) { return is_same_address(behind, plain); });
}

void Network::add_device(const std::string& name, const Endpoint& address) {
  auto found = std::ranges::find(devices_, name, &Device::name);
  if (found == devices_.end())
    found = devices_.insert(found, Device{.name = name, .addresses = {}});
  found->addresses.push_back(address);
}

int Network::device_called(const std::string& name) const {
  if (name == "lo") return kLoopback;
  const auto found = std::ranges::find(devices_, name, &Device::name);
  if (found == devices_.end()) return 0;
  return static_cast<int>(found - devices_.begin()) + kLoopback + 1;
}

const std::string& Network::device_name(int device) const {
  static const std::string kNone;
  static const std::string kLoopbackName = "lo";
  if (device == 0) return kNone;
  return device == kLoopback ? kLoopbackName
                             : devices_[static_cast<std::size_t>(device - kLoopback - 1)].name;
}

bool Network::is_reserved(int port) const {
  return std::ranges::any_of(sysctls.reserved_ports, [port](const auto& range) {
    return port >= range.first && port <= range.second;
  });
}

}  // namespace timewait
