#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/model/kernel_model.h"
#include "harness/net/call.h"

namespace timewait {

/// Calls whose answer on the kernel is not one that a script decides, so that nothing can be
/// compared from there on:
/// - connect() to a port where several listen at the very same address, or at [::] and
///   [::ffff:0.0.0.0]: a hash of the ports, or their order in a chain, picks one of them;
/// - connect() to an IPv6 address and listen() of an IPv6 socket that has had an IPv4 connection,
///   or tried to: it goes on sending IPv4 (icsk_af_ops, which tcp_v6_connect() does not put back),
///   and answers come when a timer has fired; connect() of UDP the other way round;
/// - connect() of a socket with TCP_DEFER_ACCEPT, and its listen() for the second time, after a
///   shutdown() or with a backlog of 0: handshakes wait for timers there;
/// - connect() of a bound socket that does not block: its second SYN waits for a timer when the
///   first one met a connection;
/// - IPV6_V6ONLY taken off a bound socket: an IPv4 connection then comes from a fake address;
/// - connect() of a bound socket where devices tell apart what has the same 4-tuple, and to where
///   there is no way without a device.
class UndecidedCalls {
 public:
  bool has(const Call& call, const KernelModel& model) const;

  /// The call has been made.
  void remember(const Call& call);

 private:
  /// What a socket has done that makes later calls undecided.
  struct Past {
    bool is_stream = true;
    bool is_ipv6 = false;
    bool has_called_ipv4 = false;  ///< as an IPv6 socket, or may have
    bool has_called_ipv6 = false;
    bool defers = false;
    bool has_listened = false;
    bool is_bound = false;
    bool is_shut = false;
    bool is_nonblocking = false;
  };

  Past& open(const std::string& name);

  std::map<std::string, std::size_t> sockets_;  ///< names, and places in pasts_
  std::vector<Past> pasts_;
  bool has_devices_ = false;
};

}  // namespace timewait
