#pragma once

#include <libmnl/libmnl.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "harness/net/endpoint.h"

namespace timewait {

/// A message to NETLINK_ROUTE that the kernel is to confirm: a header, a body, attributes.
class RouteRequest {
 public:
  /// `type` is RTM_NEWLINK and the like, `flags` are NLM_F_CREATE and the like.
  RouteRequest(std::uint16_t type, std::uint16_t flags);
  RouteRequest(const RouteRequest&) = delete;
  RouteRequest& operator=(const RouteRequest&) = delete;

  template <typename Body>
  void put(const Body& body) {
    std::memcpy(mnl_nlmsg_put_extra_header(header_, sizeof body), &body, sizeof body);
  }

  /// An attribute that is the address without its port.
  void put_address(std::uint16_t attribute, const Endpoint& address);

  nlmsghdr* header() { return header_; }

  /// The errno that the kernel answers with, 0 for success.
  int send();

 private:
  std::array<char, 8192> bytes_{};
  nlmsghdr* header_;
};

/// The length in bytes of an address of this family.
std::size_t address_size(const Endpoint& address);

/// Throws SystemError for an errno other than 0, and CannotRunHere for one that tells that the
/// kernel refuses `what`, "making the device va".
void check_route_errno(int error, const std::string& what);

}  // namespace timewait
