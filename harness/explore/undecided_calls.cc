#include "harness/explore/undecided_calls.h"

#include <algorithm>
#include <vector>

#include "harness/model/address_rule.h"
#include "harness/model/network.h"

namespace timewait {
namespace {

/// Whether a SYN may reach the one as well as the other.
bool are_alike(const Endpoint& one, const Endpoint& other) {
  const Endpoint plain = one.unmapped();
  const Endpoint other_plain = other.unmapped();
  const bool any_ipv6 = one.family() == AF_INET6 && other.family() == AF_INET6 &&
                        plain.is_wildcard() && other_plain.is_wildcard();
  return plain == other_plain || any_ipv6;
}

/// Whether two sockets listen alike on this port.
bool has_group(const KernelModel& model, std::uint16_t port) {
  std::vector<Endpoint> listeners;
  for (const ModelEntry& entry : model.table())
    if (entry.state == TcpState::listen && entry.local.port() == port)
      listeners.push_back(entry.local);
  return std::ranges::any_of(listeners, [&](const Endpoint& one) {
    return std::ranges::count_if(listeners,
                                 [&](const Endpoint& other) { return are_alike(one, other); }) > 1;
  });
}

}  // namespace

bool UndecidedCalls::has(const Call& call, const KernelModel& model) const {
  const auto found = sockets_.find(call.socket);
  if (found == sockets_.end()) return false;
  const Past& past = pasts_.at(found->second);
  if (call.name == CallName::listen)
    return past.has_called_ipv4 ||
           (past.defers && (past.has_listened || past.is_shut || call.number == 0));
  if (call.name == CallName::setsockopt)
    return (past.has_listened && call.option.name == "TCP_DEFER_ACCEPT") ||
           (past.is_bound && call.option.name == "IPV6_V6ONLY" && call.value.first == 0);
  if (call.name != CallName::connect) return false;
  const bool goes_back = past.has_called_ipv4 && !is_ipv4(call.address);
  const bool crosses = !past.is_stream && past.has_called_ipv6 && is_ipv4(call.address);
  const bool meets_others = past.is_bound && (past.is_nonblocking || has_devices_);
  const bool goes_away = has_devices_ && !is_loopback(call.address.unmapped());
  return goes_back || goes_away || crosses || past.defers || meets_others ||
         has_group(model, call.address.port());
}

void UndecidedCalls::remember(const Call& call) {
  if (call.name == CallName::socket)
    open(call.socket) = {.is_stream = is_tcp(call.kind), .is_ipv6 = is_ipv6(call.kind)};
  if (call.name == CallName::accept) open(call.new_name).has_called_ipv4 = true;
  const auto found = sockets_.find(call.socket);
  if (found == sockets_.end()) return;
  Past& past = pasts_.at(found->second);
  if (call.name == CallName::dup) sockets_[call.new_name] = found->second;
  if (call.name == CallName::setsockopt && call.option.name == "TCP_DEFER_ACCEPT")
    past.defers = true;
  if (call.name == CallName::listen) past.has_listened = true;
  if (call.name == CallName::bind) past.is_bound = true;
  if (call.name == CallName::shutdown) past.is_shut = true;
  if (call.name == CallName::nonblock) past.is_nonblocking = true;
  if (call.name == CallName::setsockopt && call.option.name == "SO_BINDTODEVICE")
    has_devices_ = true;
  if (call.name != CallName::connect || !past.is_ipv6) return;
  (is_ipv4(call.address) ? past.has_called_ipv4 : past.has_called_ipv6) = true;
}

UndecidedCalls::Past& UndecidedCalls::open(const std::string& name) {
  sockets_[name] = pasts_.size();
  return pasts_.emplace_back();
}

}  // namespace timewait
