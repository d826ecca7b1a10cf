#include "harness/kernel/socket_table.h"

#include <arpa/inet.h>
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

namespace timewait {
namespace {

constexpr std::size_t kBufferSize = std::size_t{64} * 1024;
constexpr std::uint32_t kAllStates = 0xffffffff;

/// The kernel counts a FIN that was received and not yet read as a byte (tcp_diag_get_info(): up to
/// rcv_nxt).
std::uint32_t unread_of(const inet_diag_msg& message) {
  const auto state = static_cast<TcpState>(message.idiag_state);
  const bool has_fin =
      state == TcpState::close_wait || state == TcpState::last_ack || state == TcpState::closing;
  return has_fin && message.idiag_rqueue > 0 ? message.idiag_rqueue - 1 : message.idiag_rqueue;
}

SocketEntry entry_of(const inet_diag_msg& message, Protocol protocol) {
  const int family = message.idiag_family;
  const auto& id = message.id;
  return {
      .protocol = protocol,
      .state = static_cast<TcpState>(message.idiag_state),
      .local = Endpoint(family, id.idiag_src, ntohs(id.idiag_sport)),
      .remote = Endpoint(family, id.idiag_dst, ntohs(id.idiag_dport)),
      .timer = static_cast<SocketTimer>(message.idiag_timer),
      .timer_left = std::chrono::milliseconds(message.idiag_expires),
      .unread = unread_of(message),
      .uid = message.idiag_uid,
      .inode = message.idiag_inode,
      .cookie = static_cast<std::uint64_t>(id.idiag_cookie[1]) << 32 | id.idiag_cookie[0],
  };
}

struct Collector {
  Protocol protocol;
  std::vector<SocketEntry>& entries;
};

int collect(const nlmsghdr* header, void* data) {
  auto& collector = *static_cast<Collector*>(data);
  const auto* message = static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(header));
  collector.entries.push_back(entry_of(*message, collector.protocol));
  return MNL_CB_OK;
}

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

  Collector collector{.protocol = request.protocol, .entries = entries};
  bool is_whole = true;
  int status = MNL_CB_OK;
  while (status > MNL_CB_STOP) {
    const auto received = mnl_socket_recvfrom(socket_.get(), buffer_.data(), buffer_.size());
    if (received < 0) throw_system_error("recv(sock_diag)");
    status = mnl_cb_run(buffer_.data(), static_cast<std::size_t>(received), sequence_,
                        mnl_socket_get_portid(socket_.get()), collect, &collector);
    if (status < 0 && errno != EINTR) throw_system_error("sock_diag");
    if (status < 0) {
      is_whole = false;  // NLM_F_DUMP_INTR; what is left of the dump has an old sequence number
      drain();
    }
  }
  return is_whole;
}

/// Throws away what is left of a dump.
void SocketTable::drain() {
  while (::recv(mnl_socket_get_fd(socket_.get()), buffer_.data(), buffer_.size(), MSG_DONTWAIT) > 0)
    continue;
}

bool shows_bound_sockets() { return kernel_version() >= KernelVersion{6, 8}; }

}  // namespace timewait
