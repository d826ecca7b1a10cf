#include "harness/kernel/quick_ack.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>

#include "harness/base/error.h"

namespace timewait {
namespace {

struct LocalRoute {
  int family;
  const char* address;
  unsigned char bits;
};

constexpr LocalRoute kLocalRoutes[] = {
    {AF_INET, "127.0.0.0", 8}, {AF_INET, "127.0.0.1", 32}, {AF_INET6, "::1", 128}};

/// One request to the kernel's routing table; what it answers is thrown away unless it refuses.
class RouteRequest {
 public:
  RouteRequest(const LocalRoute& route, int type, unsigned flags)
      : header_(mnl_nlmsg_put_header(bytes_.data())) {
    header_->nlmsg_type = static_cast<std::uint16_t>(type);
    header_->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
    auto* body = static_cast<rtmsg*>(mnl_nlmsg_put_extra_header(header_, sizeof(rtmsg)));
    body->rtm_family = static_cast<unsigned char>(route.family);
    body->rtm_dst_len = route.bits;
    body->rtm_table = RT_TABLE_LOCAL;
    body->rtm_protocol = RTPROT_KERNEL;
    body->rtm_scope = route.family == AF_INET ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
    body->rtm_type = RTN_LOCAL;
    std::array<std::uint8_t, sizeof(in6_addr)> address{};
    ::inet_pton(route.family, route.address, address.data());
    mnl_attr_put(header_, RTA_DST, route.family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr),
                 address.data());
    mnl_attr_put_u32(header_, RTA_OIF, ::if_nametoindex("lo"));
  }

  void add_quick_ack() {
    nlattr* metrics = mnl_attr_nest_start(header_, RTA_METRICS);
    mnl_attr_put_u32(header_, RTAX_QUICKACK, 1);
    mnl_attr_nest_end(header_, metrics);
  }

  void add_source(const char* address) {
    in_addr source{};
    ::inet_pton(AF_INET, address, &source);
    mnl_attr_put(header_, RTA_PREFSRC, sizeof source, &source);
  }

  /// Makes the request; throws what the kernel says against it.
  void make(mnl_socket* socket, const std::string& what) {
    check(mnl_socket_sendto(socket, header_, header_->nlmsg_len), "send(rtnetlink)");
    const auto size = check(mnl_socket_recvfrom(socket, bytes_.data(), bytes_.size()), what);
    check(mnl_cb_run(bytes_.data(), static_cast<std::size_t>(size), 0, 0, nullptr, nullptr), what);
  }

 private:
  std::array<char, 512> bytes_{};
  nlmsghdr* header_;
};

struct Close {
  void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};

/// The IPv6 route that the kernel made has a priority that nobody else can give, so it cannot be
/// replaced and has to go.
void remove(mnl_socket* socket, const LocalRoute& route) {
  RouteRequest request(route, RTM_DELROUTE, 0);
  request.make(socket, std::string("remove the route to ") + route.address);
}

void put(mnl_socket* socket, const LocalRoute& route) {
  RouteRequest request(route, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE);
  if (route.family == AF_INET) request.add_source("127.0.0.1");
  request.add_quick_ack();
  request.make(socket, std::string("change the route to ") + route.address);
}

}  // namespace

void acknowledge_at_once() {
  const std::unique_ptr<mnl_socket, Close> socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC));
  if (!socket) throw_system_error("socket(NETLINK_ROUTE)");
  check(mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID), "bind(NETLINK_ROUTE)");
  for (const LocalRoute& route : kLocalRoutes) {
    if (route.family == AF_INET6) remove(socket.get(), route);
    put(socket.get(), route);
  }
}

}  // namespace timewait
