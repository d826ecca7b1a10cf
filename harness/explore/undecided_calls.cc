#include "harness/explore/undecided_calls.h"

#include <algorithm>
#include <vector>

namespace timewait {
namespace {

bool is_mapped(const Endpoint& endpoint) {
  return endpoint.family() == AF_INET6 && endpoint.unmapped().family() == AF_INET;
}

/// Whether two sockets listen at the very same address on this port.
bool has_group(const KernelModel& model, std::uint16_t port) {
  std::vector<Endpoint> listeners;
  for (const ModelEntry& entry : model.table())
    if (entry.state == TcpState::listen && entry.local.port() == port)
      listeners.push_back(entry.local.unmapped());
  return std::ranges::any_of(
      listeners, [&](const Endpoint& one) { return std::ranges::count(listeners, one) > 1; });
}

}  // namespace

bool UndecidedCalls::has(const Call& call, const KernelModel& model) const {
  if (call.name == CallName::listen) return speaks_ipv4(call.socket);
  if (call.name != CallName::connect) return false;
  return (speaks_ipv4(call.socket) && !is_mapped(call.address)) ||
         has_group(model, call.address.port());
}

void UndecidedCalls::remember(const Call& call) {
  if (call.name == CallName::socket) sockets_[call.socket] = call.socket;
  if (call.name == CallName::accept) sockets_[call.new_name] = call.new_name;
  if (call.name == CallName::dup) sockets_[call.new_name] = sockets_[call.socket];
  if (call.name == CallName::accept) speakers_[call.new_name] = true;
  if (call.name == CallName::connect && is_mapped(call.address))
    speakers_[sockets_[call.socket]] = true;
}

bool UndecidedCalls::speaks_ipv4(const std::string& name) const {
  const auto socket = sockets_.find(name);
  return socket != sockets_.end() && speakers_.contains(socket->second);
}

}  // namespace timewait
