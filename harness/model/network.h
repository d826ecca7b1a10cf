#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/net/endpoint.h"

namespace timewait {

/// True for 127.0.0.0/8 and ::1.
bool is_loopback(const Endpoint& plain);

/// The sysctls that the model follows, at first as Linux 6.18 has them.
struct Sysctls {
  int unprivileged_port_start = 1024;
  int first_local_port = 32768;
  int last_local_port = 60999;
  std::vector<std::pair<int, int>> reserved_ports;  ///< ranges, both ends included
  int autobind_reuse = 0;
  int nonlocal_bind = 0;
  int nonlocal_bind6 = 0;
  int bindv6only = 0;
  int fin_timeout = 60;
  int max_tw_buckets = 131072;
  int rfc1337 = 0;
  int timestamps = 1;
  int tw_reuse = 2;
  int tw_reuse_delay = 1000;  ///< milliseconds
  int orphan_retries = 0;
  int retries2 = 15;
  int syn_retries = 6;
  int syn_linear_timeouts = 4;
  int synack_retries = 5;
  int keepalive_time = 7200;
  int keepalive_intvl = 75;
  int keepalive_probes = 9;
  int abort_on_overflow = 0;
  int fastopen = 1;
  int somaxconn = 4096;
  int wmem = 16384;  ///< of TCP at first
  int rmem = 131072;
  int wmem_max = 212992;
  int rmem_max = 212992;
  int migrate_req = 0;

  bool operator==(const Sysctls&) const = default;
};

/// The names of those that the model follows, whatever their value.
std::vector<std::string> followed_sysctls();

/// Sets the sysctl that is called `name`, "net.ipv4.tcp_fin_timeout", dots or slashes. Throws
/// BadInput for a value that it cannot have, and for a name that is not known to be without effect.
void set_sysctl(Sysctls& sysctls, const std::string& name, const std::string& value);

/// What an address is to a network (net/ipv4/fib_frontend.c, inet_addr_type_table()).
enum class AddressType : std::uint8_t { any, local, broadcast, multicast, elsewhere };

/// A network namespace: its links, addresses and sysctls.
class Network {
 public:
  static constexpr int kLoopback = 1;  ///< index of the loopback device

  AddressType type_of(const Endpoint& address) const;
  /// The address from which a socket that is bound to none reaches `destination`, whose port it
  /// has; the destination has to be local.
  Endpoint source_for(const Endpoint& destination) const;
  bool is_loopback_up() const { return loopback_up_; }
  void set_loopback(bool up);
  void add_device(const std::string& name, const Endpoint& address);
  /// What is sent to this address goes to a router, from where nothing ever comes.
  void add_route(const Endpoint& destination);
  bool has_route_to(const Endpoint& address) const;
  /// 0 when there is none of that name.
  int device_called(const std::string& name) const;
  const std::string& device_name(int device) const;
  /// The address's device, 0 for one that is not local.
  int device_of(const Endpoint& address) const;

  bool is_reserved(int port) const;

  Sysctls sysctls;

 private:
  struct Device {
    std::string name;
    std::vector<Endpoint> addresses;
  };

  bool loopback_up_ = true;
  std::vector<Device> devices_;   ///< beside the loopback
  std::vector<Endpoint> routes_;  ///< addresses behind a router
};

}  // namespace timewait
