#include "harness/kernel/socket_answer.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/inet_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// The kernel counts a FIN that was received and not yet read as a byte (tcp_diag_get_info(): up to
/// rcv_nxt).
std::uint32_t unread_of(const inet_diag_msg& message) {
  const auto state = static_cast<TcpState>(message.idiag_state);
  const bool has_fin =
      state == TcpState::close_wait || state == TcpState::last_ack || state == TcpState::closing;
  return has_fin && message.idiag_rqueue > 0 ? message.idiag_rqueue - 1 : message.idiag_rqueue;
}

/// The enumerator that the kernel's number stands for.
template <typename Enum, std::size_t Size>
Enum known(const EnumTable<Enum, Size>& table, const char* what, int number) {
  for (const auto& [value, name] : table.rows())
    if (static_cast<int>(value) == number) return value;
  throw Error(fmt::format(
      "the kernel's socket table has the {} {}, which this version of timewait does not know", what,
      number));
}

SocketEntry entry_of(const inet_diag_msg& message, Protocol protocol) {
  const int family = message.idiag_family;
  if (family != AF_INET && family != AF_INET6)
    throw Error(fmt::format("the kernel's socket table has an address of family {}", family));
  const auto& id = message.id;
  return {
      .protocol = protocol,
      .state = known(kTcpStates, "state", message.idiag_state),
      .local = Endpoint(family, id.idiag_src, ntohs(id.idiag_sport)),
      .remote = Endpoint(family, id.idiag_dst, ntohs(id.idiag_dport)),
      .timer = known(kSocketTimers, "timer", message.idiag_timer),
      .timer_left = std::chrono::milliseconds(message.idiag_expires),
      .unread = unread_of(message),
      .uid = message.idiag_uid,
      .inode = message.idiag_inode,
      .cookie = static_cast<std::uint64_t>(id.idiag_cookie[1]) << 32 | id.idiag_cookie[0],
  };
}

[[noreturn]] void refuse_what_is_cut_off() {
  throw Error("the kernel's answer about its socket table is cut off");
}

/// Sees that each message ends where the bytes do or before. libmnl takes a length beyond 2 GiB for
/// a negative one and reads on.
void check_lengths(std::span<const char> bytes) {
  while (!bytes.empty()) {
    nlmsghdr header{};
    if (bytes.size() < sizeof header) refuse_what_is_cut_off();
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > bytes.size())
      refuse_what_is_cut_off();
    bytes = bytes.subspan(std::min<std::size_t>(MNL_ALIGN(header.nlmsg_len), bytes.size()));
  }
}

struct Collector {
  Protocol protocol;
  std::vector<SocketEntry>& entries;
  std::exception_ptr failure = nullptr;  ///< no exception may pass through libmnl
};

int collect(const nlmsghdr* header, void* data) {
  auto& collector = *static_cast<Collector*>(data);
  try {
    if (mnl_nlmsg_get_payload_len(header) < sizeof(inet_diag_msg)) refuse_what_is_cut_off();
    const auto* message = static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(header));
    collector.entries.push_back(entry_of(*message, collector.protocol));
    return MNL_CB_OK;
  } catch (const Error&) {
    collector.failure = std::current_exception();
    return MNL_CB_ERROR;
  }
}

}  // namespace

SocketAnswer read_socket_answer(std::span<const char> bytes, const SocketRequest& request,
                                std::vector<SocketEntry>& entries) {
  check_lengths(bytes);
  Collector collector{.protocol = request.protocol, .entries = entries};
  errno = 0;
  const int status = mnl_cb_run(bytes.data(), bytes.size(), request.sequence, request.port_id,
                                collect, &collector);
  if (collector.failure) std::rethrow_exception(collector.failure);
  if (status < 0 && errno == EINTR) return SocketAnswer::changed;
  if (status < 0) throw_system_error("sock_diag");
  return status > MNL_CB_STOP ? SocketAnswer::more : SocketAnswer::last;
}

}  // namespace timewait
