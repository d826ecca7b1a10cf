#pragma once

#include <map>
#include <string>

#include "harness/model/kernel_model.h"
#include "harness/net/call.h"

namespace timewait {

/// Calls whose answer on the kernel is not one that a script decides, so that nothing can be
/// compared from there on:
/// - connect() to an address where several listen on the very same one: a hash of the ports picks
///   one of them;
/// - connect() to an IPv6 address and listen() of an IPv6 socket that has had an IPv4 connection,
/// or
///   tried to: it goes on sending IPv4 (icsk_af_ops, which tcp_v6_connect() does not put back), and
///   answers come when a timer has fired.
class UndecidedCalls {
 public:
  bool has(const Call& call, const KernelModel& model) const;

  /// The call has been made.
  void remember(const Call& call);

 private:
  bool speaks_ipv4(const std::string& name) const;

  std::map<std::string, std::string> sockets_;  ///< names to the first one of the same socket
  std::map<std::string, bool> speakers_;        ///< of IPv4, among IPv6 sockets, by first names
};

}  // namespace timewait
