#include "harness/kernel/socket_table.h"

#include <fmt/format.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "harness/base/error.h"
#include "harness/kernel/release.h"
#include "harness/kernel/socket_answer.h"

namespace timewait {
namespace {

constexpr std::size_t kBufferSize = std::size_t{64} * 1024;
constexpr std::uint32_t kAllStates = 0xffffffff;

[[noreturn]] void refuse(const char* call) {
  throw CannotRunHere(
      fmt::format("the kernel does not show its socket table: {}: {}", call, std::strerror(errno)));
}

}  // namespace

SocketTable::SocketTable()
    : socket_(mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC)), buffer_(kBufferSize) {
  if (!socket_) refuse("socket(NETLINK_SOCK_DIAG)");
  if (mnl_socket_bind(socket_.get(), 0, MNL_SOCKET_AUTOPID) < 0) refuse("bind(NETLINK_SOCK_DIAG)");
}

std::vector<SocketEntry> SocketTable::read(bool with_udp) {
  std::vector<SocketEntry> entries;
  // The older request is the only one that answers for both families in a single walk of the
  // kernel's hash table, which is most of what a look costs.
  inet_diag_req tcp{};
  tcp.idiag_family = AF_INET;
  tcp.idiag_states = kAllStates;
  dump({.body = &tcp, .size = sizeof tcp, .type = TCPDIAG_GETSOCK}, entries);
  if (!with_udp) return entries;
  for (const int family : {AF_INET, AF_INET6}) {
    inet_diag_req_v2 udp{};
    udp.sdiag_family = static_cast<std::uint8_t>(family);
    udp.sdiag_protocol = IPPROTO_UDP;
    udp.idiag_states = kAllStates;
    dump({.body = &udp, .size = sizeof udp, .type = SOCK_DIAG_BY_FAMILY, .protocol = Protocol::udp},
         entries);
  }
  return entries;
}

void SocketTable::dump(const Request& request, std::vector<SocketEntry>& entries) {
  constexpr int kTries = 100;
  const std::size_t before = entries.size();
  for (int tries = 0; tries < kTries; ++tries) {
    if (try_dump(request, entries)) return;
    entries.resize(before);
  }
  throw Error("the socket table changes faster than it can be read");
}

/// False when the kernel says that the table changed so much meanwhile that the dump is not whole.
bool SocketTable::try_dump(const Request& request, std::vector<SocketEntry>& entries) {
  std::array<char, 256> message{};
  nlmsghdr* header = mnl_nlmsg_put_header(message.data());
  header->nlmsg_type = request.type;
  header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  header->nlmsg_seq = ++sequence_;
  std::memcpy(mnl_nlmsg_put_extra_header(header, request.size), request.body, request.size);
  if (mnl_socket_sendto(socket_.get(), header, header->nlmsg_len) < 0)
    throw_system_error("send(sock_diag)");

  const SocketRequest asked{.sequence = sequence_,
                            .port_id = mnl_socket_get_portid(socket_.get()),
                            .protocol = request.protocol};
  SocketAnswer answer = SocketAnswer::more;
  while (answer == SocketAnswer::more) {
    const auto received = mnl_socket_recvfrom(socket_.get(), buffer_.data(), buffer_.size());
    if (received < 0) throw_system_error("recv(sock_diag)");
    answer =
        read_socket_answer({buffer_.data(), static_cast<std::size_t>(received)}, asked, entries);
  }
  // What is left of the dump has an old sequence number.
  if (answer == SocketAnswer::changed) drain();
  return answer == SocketAnswer::last;
}

/// Throws away what is left of a dump.
void SocketTable::drain() {
  while (::recv(mnl_socket_get_fd(socket_.get()), buffer_.data(), buffer_.size(), MSG_DONTWAIT) > 0)
    continue;
}

bool shows_bound_sockets() { return kernel_version() >= KernelVersion{6, 8}; }

}  // namespace timewait
