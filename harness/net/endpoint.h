#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace timewait {

/// An IPv4 or IPv6 address with a port: one end of a 4-tuple, or what a socket is bound to.
class Endpoint {
 public:
  Endpoint() = default;

  /// From raw network-order address bytes, 4 or 16 of them, and a port in host order.
  Endpoint(int family, const void* address, std::uint16_t port);

  /// Reads "127.0.0.1:12000" or "[::1]:12000"; nothing when the text is neither.
  static std::optional<Endpoint> parse(std::string_view text);

  int family() const { return family_; }
  std::uint16_t port() const { return port_; }
  const std::uint8_t* address() const { return address_.data(); }

  /// True for 0.0.0.0 and [::].
  bool is_wildcard() const;

  /// The same endpoint in IPv4 if it is a v4-mapped one, ::ffff:127.0.0.1: how an IPv6 socket shows
  /// an IPv4 connection.
  Endpoint unmapped() const;

  /// "127.0.0.1:12000", "[::1]:12000".
  std::string text() const;

  /// "127.0.0.1", "[::1]".
  std::string host() const;

  bool operator==(const Endpoint&) const = default;

 private:
  int family_ = AF_INET;
  std::array<std::uint8_t, 16> address_{};
  std::uint16_t port_ = 0;
};

/// The sockaddr of an endpoint, for the calls that want one.
class SocketAddress {
 public:
  explicit SocketAddress(const Endpoint& endpoint);
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  socklen_t size() const { return size_; }

 private:
  sockaddr_storage storage_{};
  socklen_t size_ = 0;
};

}  // namespace timewait
