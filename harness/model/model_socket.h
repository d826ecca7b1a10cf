#pragma once

#include <cstdint>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/kernel/tcp_state.h"
#include "harness/model/address_rule.h"
#include "harness/model/model_option.h"
#include "harness/net/call.h"

namespace timewait {

inline constexpr Duration kNever = Duration::max();

/// A datagram in a receive queue.
struct Datagram {
  Endpoint from;
  int bytes = 0;
};

/// What struct socket says of a socket beside its TCP state; connect() and listen() look at it.
enum class Phase : std::uint8_t { unconnected, connecting, connected, disconnecting };

/// A socket, a mini-socket or a request of the modelled kernel. Addresses are never mapped ones.
struct ModelSocket {
  /// What the entry is: a full socket, the rest of one, or a handshake that is not over.
  enum class Form : std::uint8_t { full, mini, request };

  int id = 0;
  int place = -1;  ///< in World::sockets
  int network = 0;
  SocketKind kind = SocketKind::tcp;
  Form form = Form::full;
  TcpState state = TcpState::bound;
  Phase phase = Phase::unconnected;
  bool is_gone = false;
  int descriptors = 0;
  bool is_nonblocking = false;
  bool is_queued = false;  ///< in an accept queue
  int uid = 0;

  Endpoint local;
  Endpoint remote;               ///< port 0: not connected
  std::uint16_t port = 0;        ///< the one it holds; getsockname() may still say another
  bool keeps_address = false;    ///< a specific one was bound
  bool keeps_port = false;       ///< a specific one was bound
  bool port_of_connect = false;  ///< connect() chose it
  bool was_mapped = false;       ///< connected to an IPv4 address as an IPv6 socket
  OptionValues options;
  bool is_in_group = false;   ///< it had SO_REUSEPORT when it began to listen, or to receive
  bool has_selector = false;  ///< a program of SO_ATTACH_REUSEPORT_CBPF
  int error = 0;              ///< pending, for the next call that asks
  bool shut_read = false;
  bool shut_write = false;
  bool saw_fin = false;

  // What it sends and receives, counted in bytes; SYN and FIN are one each.
  std::uint64_t first = 0;      ///< its own SYN
  std::uint64_t acked = 0;      ///< all before it is acknowledged
  std::uint64_t next = 0;       ///< to be sent
  std::uint64_t written = 0;    ///< by the program, FIN included
  std::uint64_t peer_edge = 0;  ///< the other end takes no more
  std::uint64_t received = 0;
  std::uint64_t read = 0;
  std::uint64_t edge = 0;         ///< what the other end was told
  std::uint64_t urgent = 0;       ///< the byte after the urgent one that came, 0 without
  std::uint64_t sent_urgent = 0;  ///< the same of the one that was sent
  bool has_fin = false;           ///< the last of `written` is a FIN

  // Of Fast Open.
  bool defers_syn = false;     ///< connect() left it to the first send()
  bool is_fast_child = false;  ///< it can be accepted, and its SYN is not yet acknowledged
  int sent_with_syn = 0;       ///< by a send() that waits for the end of the handshake

  // Of a listener.
  int backlog = 0;
  std::vector<int> accept_queue;  ///< places in World::sockets
  int listener = -1;              ///< of a request, and of who waits to be accepted

  // Of UDP.
  int chain_place = 0;  ///< among those who have its port: the highest is asked first
  std::vector<Datagram> datagrams;

  Duration timer = kNever;   ///< a mini-socket's, or of an orphan in FIN_WAIT2
  Duration resend = kNever;  ///< when what was not acknowledged is sent again
  int resends = 0;
  Duration heard{};  ///< the last time that a segment came
  int probes = 0;    ///< keep-alive probes without an answer
  Duration became_mini{};

  bool is_stream() const { return is_tcp(kind); }
  bool is_mini() const { return form == Form::mini; }
  bool is_held() const { return descriptors > 0; }
  bool is_orphan() const { return form == Form::full && descriptors == 0 && !is_queued; }
  bool is_full() const { return form == Form::full; }
  bool is_connected() const { return remote.port() != 0; }
  bool holds_port() const { return port != 0; }
  /// Received and not read; the FIN, which is the last, is no byte.
  std::uint64_t unread_bytes() const {
    const std::uint64_t left = received - read;
    return saw_fin && left > 0 ? left - 1 : left;
  }

  /// An address as this socket shows it: an IPv4 one mapped by an IPv6 socket.
  Endpoint shown(const Endpoint& address) const;
  LocalAddress local_address() const {
    return {.at = shown(local), .v6only = options.is_set(Option::v6only)};
  }
};

}  // namespace timewait
