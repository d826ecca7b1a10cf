#include "harness/kernel/socket_destroy.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "harness/base/error.h"

namespace timewait {
namespace {

inet_diag_req_v2 request_for(const SocketEntry& entry) {
  inet_diag_req_v2 request{};
  request.sdiag_family = static_cast<std::uint8_t>(entry.local.family());
  request.sdiag_protocol = entry.protocol == Protocol::udp ? IPPROTO_UDP : IPPROTO_TCP;
  request.idiag_states = 1U << static_cast<unsigned>(entry.state);
  inet_diag_sockid& id = request.id;
  id.idiag_sport = htons(entry.local.port());
  id.idiag_dport = htons(entry.remote.port());
  const std::size_t size = entry.local.family() == AF_INET ? 4 : 16;
  std::memcpy(id.idiag_src, entry.local.address(), size);
  std::memcpy(id.idiag_dst, entry.remote.address(), size);
  id.idiag_cookie[0] = static_cast<std::uint32_t>(entry.cookie);
  id.idiag_cookie[1] = static_cast<std::uint32_t>(entry.cookie >> 32);
  return request;
}

struct Close {
  void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};

/// The errno that the kernel answers with, 0 for success.
int answer_to(const inet_diag_req_v2& request) {
  const std::unique_ptr<mnl_socket, Close> socket(
      mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC));
  if (!socket || mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) < 0) return errno;
  std::array<char, 8192> message{};
  nlmsghdr* header = mnl_nlmsg_put_header(message.data());
  header->nlmsg_type = SOCK_DESTROY;
  header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
  std::memcpy(mnl_nlmsg_put_extra_header(header, sizeof request), &request, sizeof request);
  if (mnl_socket_sendto(socket.get(), header, header->nlmsg_len) < 0) return errno;
  const auto size = mnl_socket_recvfrom(socket.get(), message.data(), message.size());
  if (size < 0) return errno;
  const int status = mnl_cb_run(message.data(), static_cast<std::size_t>(size), 0,
                                mnl_socket_get_portid(socket.get()), nullptr, nullptr);
  return status < 0 ? errno : 0;
}

}  // namespace

void destroy_socket(const SocketEntry& entry) {
  const int error = answer_to(request_for(entry));
  if (error == 0) return;
  const std::string what =
      fmt::format("destroying {} {}", kTcpStates.name(entry.state), entry.local.text());
  if (error == EOPNOTSUPP || error == EINVAL || error == EPERM)
    throw CannotRunHere(fmt::format("the kernel refuses {}: {}", what, std::strerror(error)));
  throw SystemError(what, error);
}

}  // namespace timewait
