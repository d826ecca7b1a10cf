#include "harness/kernel/network_device.h"

#include <fmt/format.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <cerrno>

#include "harness/base/error.h"
#include "harness/kernel/route_netlink.h"

namespace timewait {
namespace {

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
  RouteRequest request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
  ifaddrmsg body{};
  body.ifa_family = static_cast<std::uint8_t>(address.family());
  body.ifa_prefixlen = static_cast<std::uint8_t>(address_size(address) * 8);
  body.ifa_flags = IFA_F_NODAD;  // or an IPv6 address could not be bound for a second
  body.ifa_index = static_cast<std::uint32_t>(index);
  request.put(body);
  request.put_address(IFA_LOCAL, address);
  request.put_address(IFA_ADDRESS, address);
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

}  // namespace

void add_network_device(const std::string& name, const Endpoint& address) {
  if (name.empty() || name.size() >= IFNAMSIZ)
    throw Error(
        fmt::format("\"{}\" is no name for a device: it may have {} bytes", name, IFNAMSIZ - 1));
  check_route_errno(make_any_device(name), fmt::format("making the device {}", name));
  const int index = static_cast<int>(::if_nametoindex(name.c_str()));
  check_route_errno(add_address(index, address),
                    fmt::format("giving the device {} the address {}", name, address.host()));
  check_route_errno(take_up(index), fmt::format("taking the device {} up", name));
}

}  // namespace timewait
