#pragma once

#include <libmnl/libmnl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/kernel/tcp_state.h"
#include "harness/net/endpoint.h"
#include "harness/net/option_set.h"

namespace timewait {

enum class Protocol { tcp, udp };

inline constexpr auto kProtocols = enum_table<Protocol>({
    {Protocol::tcp, "tcp"},
    {Protocol::udp, "udp"},
});

/// The timer that runs on an entry (include/uapi/linux/inet_diag.h, idiag_timer).
enum class SocketTimer : std::uint8_t { none, retransmit, keepalive, time_wait, probe };

inline constexpr auto kSocketTimers = enum_table<SocketTimer>({
    {SocketTimer::none, "none"},
    {SocketTimer::retransmit, "retransmit"},
    {SocketTimer::keepalive, "keepalive"},
    {SocketTimer::time_wait, "time_wait"},
    {SocketTimer::probe, "probe"},
});

/// One entry of the kernel's socket table. TIME_WAIT, and FIN_WAIT2 after the descriptor was
/// closed, are mini-sockets: they have a timer and no inode.
struct SocketEntry {
  Protocol protocol = Protocol::tcp;
  TcpState state = TcpState::bound;
  Endpoint local;
  Endpoint remote;
  SocketTimer timer = SocketTimer::none;
  std::chrono::milliseconds timer_left{0};  ///< until `timer` fires
  std::uint32_t unread = 0;  ///< bytes received and not read; for a listener, connections to accept
  std::uint32_t uid = 0;     ///< owner, as seen in the sandbox
  std::uint32_t inode = 0;   ///< 0: no process holds it (orphan, mini-socket, not yet accepted)
  std::uint64_t cookie = 0;  ///< identifies the entry while the machine is up
  // The kernel's table does not tell these; whoever looks into the processes fills them in.
  std::string owner;                 ///< who holds it, "server"; empty when not known
  std::optional<OptionSet> options;  ///< of the socket that has or had this 4-tuple, as last read

  bool operator==(const SocketEntry&) const = default;
};

/// Reads the socket table of the network namespace in which it was made, through NETLINK_SOCK_DIAG.
class SocketTable {
 public:
  /// Throws CannotRunHere where the kernel refuses netlink.
  SocketTable();

  /// All TCP entries, IPv4 and IPv6, and on demand the UDP ones, in the kernel's order. Reading
  /// does not change what is read. Throws SystemError where the kernel does not answer.
  std::vector<SocketEntry> read(bool with_udp = false);

 private:
  struct Close {
    void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
  };

  struct Request {
    const void* body = nullptr;
    std::size_t size = 0;
    std::uint16_t type = 0;
    Protocol protocol = Protocol::tcp;
  };

  void dump(const Request& request, std::vector<SocketEntry>& entries);
  bool try_dump(const Request& request, std::vector<SocketEntry>& entries);
  void drain();

  std::unique_ptr<mnl_socket, Close> socket_;
  std::vector<char> buffer_;
  std::uint32_t sequence_ = 0;
};

/// True where bound sockets that neither listen nor are connected appear in the table: Linux 6.8
/// and newer (commit 91051f003948).
bool shows_bound_sockets();

}  // namespace timewait
