#include "harness/kernel/network_route.h"

#include <fmt/format.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include "harness/kernel/route_netlink.h"

namespace timewait {

void add_network_route(const Endpoint& destination, const Endpoint& gateway) {
  RouteRequest request(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
  rtmsg body{};
  body.rtm_family = static_cast<std::uint8_t>(destination.family());
  body.rtm_dst_len = static_cast<std::uint8_t>(address_size(destination) * 8);
  body.rtm_table = RT_TABLE_MAIN;
  body.rtm_protocol = RTPROT_BOOT;
  body.rtm_scope = RT_SCOPE_UNIVERSE;
  body.rtm_type = RTN_UNICAST;
  body.rtm_flags = RTNH_F_ONLINK;  // or the gateway would have to be on a network of the sandbox
  request.put(body);
  request.put_address(RTA_DST, destination);
  request.put_address(RTA_GATEWAY, gateway);
  mnl_attr_put_u32(request.header(), RTA_OIF, ::if_nametoindex("lo"));
  check_route_errno(request.send(), fmt::format("making a route to {} through {}",
                                                destination.host(), gateway.host()));
}

}  // namespace timewait
