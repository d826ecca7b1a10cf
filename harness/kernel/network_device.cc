#include "harness/kernel/network_device.h"

#include <fmt/format.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "harness/base/error.h"

namespace timewait {
namespace {

struct Close {
  void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};

/// A message to NETLINK_ROUTE that the kernel is to confirm.
class RouteRequest {
 public:
  RouteRequest(std::uint16_t type, std::uint16_t flags)
      : header_(mnl_nlmsg_put_header(bytes_.data())) {
    header_->nlmsg_type = type;
    header_->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
  }

  template <typename Body>
  void put(const Body& body) {
    std::memcpy(mnl_nlmsg_put_extra_header(header_, sizeof body), &body, sizeof body);
  }

  nlmsghdr* header() { return header_; }

  /// The errno that the kernel answers with, 0 for success.
  int send() {
    const std::unique_ptr<mnl_socket, Close> socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC));
    if (!socket || mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) < 0) return errno;
    if (mnl_socket_sendto(socket.get(), header_, header_->nlmsg_len) < 0) return errno;
    const auto size = mnl_socket_recvfrom(socket.get(), bytes_.data(), bytes_.size());
    if (size < 0) return errno;
    const int status = mnl_cb_run(bytes_.data(), static_cast<std::size_t>(size), 0,
                                  mnl_socket_get_portid(socket.get()), nullptr, nullptr);
    return status < 0 ? errno : 0;
  }

 private:
  std::array<char, 8192> bytes_{};
  nlmsghdr* header_;
};

int make_device(const std::string& name, const char* kind) {
  RouteRequest request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
  request.put(ifinfomsg{});
  mnl_attr_put_strz(request.header(), IFLA_IFNAME, name.c_str());
  nlattr* information = mnl_attr_nest_start(request.header(), IFLA_LINKINFO);
  mnl_attr_put_strz(request.header(), IFLA_INFO_KIND, kind);
  mnl_attr_nest_end(request.header(), information);
  return request.send();
}

int make_any_device(const std::string& name) {
  const int error = make_device(name, "dummy");
  return error == EOPNOTSUPP ? make_device(name, "veth") : error;
}

int add_address(int index, const Endpoint& address) {
  const bool is_ipv4 = address.family() == AF_INET;
  const std::size_t size = is_ipv4 ? 4 : 16;
  RouteRequest request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
  ifaddrmsg body{};
  body.ifa_family = static_cast<std::uint8_t>(address.family());
  body.ifa_prefixlen = static_cast<std::uint8_t>(size * 8);
  body.ifa_flags = IFA_F_NODAD;  // or an IPv6 address could not be bound for a second
  body.ifa_index = static_cast<std::uint32_t>(index);
  request.put(body);
  mnl_attr_put(request.header(), IFA_LOCAL, size, address.address());
  mnl_attr_put(request.header(), IFA_ADDRESS, size, address.address());
  return request.send();
}

int take_up(int index) {
  RouteRequest request(RTM_NEWLINK, 0);
  ifinfomsg body{};
  body.ifi_index = index;
  body.ifi_flags = IFF_UP;
  body.ifi_change = IFF_UP;
  request.put(body);
  return request.send();
}

void check_errno(int error, const std::string& what) {
  if (error == EOPNOTSUPP || error == EPERM)
    throw CannotRunHere(fmt::format("the kernel refuses {}: {}", what, std::strerror(error)));
  if (error != 0) throw SystemError(what, error);
}

}  // namespace

void add_network_device(const std::string& name, const Endpoint& address) {
  if (name.empty() || name.size() >= IFNAMSIZ)
    throw Error(
        fmt::format("\"{}\" is no name for a device: it may have {} bytes", name, IFNAMSIZ - 1));
  check_errno(make_any_device(name), fmt::format("making the device {}", name));
  const int index = static_cast<int>(::if_nametoindex(name.c_str()));
  check_errno(add_address(index, address),
              fmt::format("giving the device {} the address {}", name, address.host()));
  check_errno(take_up(index), fmt::format("taking the device {} up", name));
}

}  // namespace timewait
