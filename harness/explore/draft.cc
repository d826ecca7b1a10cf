#include "harness/explore/draft.h"

#include <algorithm>

namespace timewait {
namespace {

Endpoint host_at(const char* host, std::uint16_t port) {
  return at_port(*Endpoint::parse(std::string(host) + ":0"), port);
}

/// The IPv4 address as a socket of this kind writes it.
Endpoint written_for(SocketKind kind, const Endpoint& endpoint) {
  if (!is_ipv6(kind)) return endpoint.unmapped();
  const std::string host = endpoint.unmapped().host();
  return host_at(("[::ffff:" + host + "]").c_str(), endpoint.port());
}

}  // namespace

bool Draft::make(const Call& call) {
  const auto answer = model_.make(call);
  if (!answer || answer->waits || !answer->answer.ok()) return false;
  remember(call);
  return true;
}

bool Draft::make(const Script& calls) {
  return std::ranges::all_of(calls, [this](const Call& call) { return make(call); });
}

void Draft::open(DraftSocket socket, const std::string& name) {
  socket.name = name;
  sockets_.push_back(std::move(socket));
  ++names_;
}

void Draft::remember(const Call& call) {
  if (call.name == CallName::socket) return open({.kind = call.kind}, call.socket);
  const auto found = std::ranges::find(sockets_, call.socket, &DraftSocket::name);
  if (found == sockets_.end()) return;
  if (call.name == CallName::accept)
    return open({.kind = found->kind, .is_connected = true}, call.new_name);
  if (call.name == CallName::dup) return open(*found, call.new_name);
  if (call.name == CallName::bind) {
    found->is_bound = true;
    found->address = call.address;
  }
  if (call.name == CallName::listen) found->is_listening = true;
  if (call.name == CallName::connect) found->is_connected = true;
  if (call.name == CallName::disconnect) found->is_connected = found->is_listening = false;
  if (call.name == CallName::shutdown && call.direction != Direction::write)
    found->is_listening = false;
  if (call.name == CallName::close) sockets_.erase(found);
}

std::vector<Endpoint> ways_to(const DraftSocket& listener, SocketKind kind) {
  const Endpoint& address = listener.address;
  const Endpoint plain = address.unmapped();
  const std::uint16_t port = address.port();
  std::vector<Endpoint> ways;
  if (plain.family() == AF_INET) {
    ways.push_back(written_for(kind, plain.is_wildcard() ? host_at("127.0.0.1", port) : plain));
    return ways;
  }
  if (is_ipv6(kind)) ways.push_back(host_at("[::1]", port));
  if (address.is_wildcard()) ways.push_back(written_for(kind, host_at("127.0.0.1", port)));
  return ways;
}

}  // namespace timewait
