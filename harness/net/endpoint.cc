#include "harness/net/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace timewait {
namespace {

constexpr std::size_t address_size(int family) { return family == AF_INET6 ? 16 : 4; }

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

}  // namespace

Endpoint::Endpoint(int family, const void* address, std::uint16_t port)
    : family_(family), port_(port) {
  std::memcpy(address_.data(), address, address_size(family));
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  std::string host(text.substr(0, colon));
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const int family = bracketed ? AF_INET6 : AF_INET;
  std::array<std::uint8_t, 16> address{};
  if (!port || ::inet_pton(family, host.c_str(), address.data()) != 1) return std::nullopt;
  return Endpoint(family, address.data(), *port);
}

bool Endpoint::is_wildcard() const {
  return std::all_of(address_.begin(), address_.end(), [](auto byte) { return byte == 0; });
}

Endpoint Endpoint::unmapped() const {
  constexpr std::array<std::uint8_t, 12> kPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool is_mapped =
      family_ == AF_INET6 && std::equal(kPrefix.begin(), kPrefix.end(), address_.begin());
  return is_mapped ? Endpoint(AF_INET, address_.data() + kPrefix.size(), port_) : *this;
}

std::string Endpoint::text() const { return host().append(":").append(std::to_string(port_)); }

std::string Endpoint::host() const {
  std::array<char, INET6_ADDRSTRLEN> host{};
  ::inet_ntop(family_, address_.data(), host.data(), host.size());
  std::string text = host.data();
  if (family_ == AF_INET6) text.append(1, ']').insert(0, 1, '[');
  return text;
}

SocketAddress::SocketAddress(const Endpoint& endpoint) {
  if (endpoint.family() == AF_INET6) {
    auto& address = reinterpret_cast<sockaddr_in6&>(storage_);
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port());
    std::memcpy(&address.sin6_addr, endpoint.address(), sizeof address.sin6_addr);
    size_ = sizeof address;
  } else {
    auto& address = reinterpret_cast<sockaddr_in&>(storage_);
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port());
    std::memcpy(&address.sin_addr, endpoint.address(), sizeof address.sin_addr);
    size_ = sizeof address;
  }
}

}  // namespace timewait
