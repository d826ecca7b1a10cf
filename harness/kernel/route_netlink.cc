#include "harness/kernel/route_netlink.h"

#include <fmt/format.h>
#include <linux/rtnetlink.h>

#include <cerrno>
#include <memory>

#include "harness/base/error.h"

namespace timewait {
namespace {

struct Close {
  void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};

}  // namespace

RouteRequest::RouteRequest(std::uint16_t type, std::uint16_t flags)
    : header_(mnl_nlmsg_put_header(bytes_.data())) {
  header_->nlmsg_type = type;
  header_->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
}

void RouteRequest::put_address(std::uint16_t attribute, const Endpoint& address) {
  mnl_attr_put(header_, attribute, address_size(address), address.address());
}

int RouteRequest::send() {
  const std::unique_ptr<mnl_socket, Close> socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC));
  if (!socket || mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) < 0) return errno;
  if (mnl_socket_sendto(socket.get(), header_, header_->nlmsg_len) < 0) return errno;
  const auto size = mnl_socket_recvfrom(socket.get(), bytes_.data(), bytes_.size());
  if (size < 0) return errno;
  const int status = mnl_cb_run(bytes_.data(), static_cast<std::size_t>(size), 0,
                                mnl_socket_get_portid(socket.get()), nullptr, nullptr);
  return status < 0 ? errno : 0;
}

std::size_t address_size(const Endpoint& address) { return address.family() == AF_INET ? 4 : 16; }

void check_route_errno(int error, const std::string& what) {
  if (error == EOPNOTSUPP || error == EPERM)
    throw CannotRunHere(fmt::format("the kernel refuses {}: {}", what, std::strerror(error)));
  if (error != 0) throw SystemError(what, error);
}

}  // namespace timewait
