#include "harness/model/connect_calls.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/connection.h"
#include "harness/model/destination.h"
#include "harness/model/fast_open.h"
#include "harness/model/model_timers.h"
#include "harness/model/port_bucket.h"

namespace timewait {
namespace {

bool is_handshaking(const ModelSocket& socket) {
  return socket.state == TcpState::syn_sent || socket.state == TcpState::syn_recv;
}

int take_error(ModelSocket& socket) { return std::exchange(socket.error, 0); }

void forget_addresses(World& world, ModelSocket& socket) {
  socket.remote = Endpoint();
  if (socket.keeps_address) return;
  const std::array<std::uint8_t, 16> any{};
  change_address(world, socket, Endpoint(is_ipv6(socket.kind) ? AF_INET6 : AF_INET, any.data(), 0));
}

/// The socket has no other end any more, and no address of the kernel's choice.
void forget_peer(World& world, ModelSocket& socket) {
  socket.received = socket.read = socket.acked = socket.written = 0;
  socket.shut_read = socket.shut_write = socket.saw_fin = false;
  forget_addresses(world, socket);
}

/// Chooses the rest of the 4-tuple and sends the SYN, unless data is to bring it. Returns 0 or the
/// errno.
int start_connecting(World& world, ModelSocket& socket, const Endpoint& address) {
  const Endpoint plain = destination_of(world, socket, address);
  if (const int error = check_family(world, socket, address, plain)) return error;
  if (const int error = check_route(world, socket, plain)) return error;
  if (has_no_source(world, socket) && !world.network_of(socket).has_route_to(plain))
    change_address(world, socket, world.network_of(socket).source_for(plain));
  socket.remote = plain;
  if (const int error = take_port_to_connect(world, socket)) {
    if (!socket.keeps_port) leave_bucket(world, socket);
    forget_addresses(world, socket);
    return error;
  }
  socket.phase = Phase::connecting;
  leaves_syn_to_data(world, socket) ? defer_syn(world, socket) : open_connection(world, socket);
  return 0;
}

/// The connection did not come about: the socket is as it was.
Answer connect_failed(World& world, ModelSocket& socket) {
  const int error = take_error(socket);
  socket.phase = Phase::unconnected;
  forget_peer(world, socket);
  return Answer::failed(error != 0 ? error : ECONNABORTED);
}

/// What a call for a socket that has sent its SYN waits for.
MaybeAnswer wait_for_connection(World& world, ModelSocket& socket, int error) {
  switch (wait_until(world, socket, socket.options[Option::sndtimeo],
                     [&] { return !is_handshaking(socket); })) {
    case Wait::timed_out:
      return Answer::failed(error);
    case Wait::endless:
      return std::nullopt;
    case Wait::over:
      break;
  }
  if (socket.state == TcpState::bound) return connect_failed(world, socket);
  socket.phase = Phase::connected;
  return Answer::of(0);
}

}  // namespace

MaybeAnswer connect_stream(World& world, ModelSocket& socket, const Endpoint& address) {
  switch (socket.phase) {
    case Phase::disconnecting:
      return Answer::failed(EINVAL);
    case Phase::connected:
      if (world.decides(Rule::connects_once)) return Answer::failed(EISCONN);
      break;
    case Phase::connecting:
      return wait_for_connection(world, socket, socket.defers_syn ? EISCONN : EALREADY);
    case Phase::unconnected:
      if (socket.state != TcpState::bound) return Answer::failed(EISCONN);
      break;
  }
  if (const int error = start_connecting(world, socket, address)) return Answer::failed(error);
  if (socket.defers_syn) return Answer::of(0);
  // The segments arrive while connect() has the socket to itself, so it does not see the answer.
  const bool comes_back = socket.is_nonblocking && is_handshaking(socket);
  run_wire(world);
  arm_timers(world);
  if (world.decides(Rule::nonblocking_connect_is_in_progress, comes_back))
    return Answer::failed(EINPROGRESS);
  return wait_for_connection(world, socket, EINPROGRESS);
}

MaybeAnswer send_with_syn(World& world, ModelSocket& socket, int bytes) {
  if (socket.defers_syn) {
    if (!may_send_with_syn(world, socket)) return Answer::failed(EOPNOTSUPP);
    send_deferred_syn(world, socket, bytes);
    run_wire(world);
    arm_timers(world);
    if (socket.is_nonblocking) return Answer::of(bytes);
    socket.sent_with_syn = bytes;
  }
  const MaybeAnswer end = wait_for_connection(world, socket, EINPROGRESS);
  if (!end) return std::nullopt;
  const int sent = std::exchange(socket.sent_with_syn, 0);
  const bool is_sent = end->ok() || end->error == EINPROGRESS;
  return is_sent ? Answer::of(sent) : *end;
}

void disconnect_stream(World& world, ModelSocket& socket) {
  const TcpState before = socket.state;
  socket.phase = Phase::unconnected;
  if (before == TcpState::listen) {
    stop_listening(world, socket);
  } else if (before != TcpState::bound) {
    abort_connection(world, socket);
    if (before != TcpState::closing && before != TcpState::last_ack) socket.error = ECONNRESET;
  }
  if (before != TcpState::listen && socket.options.is_set(Option::repair))
    socket.error = ECONNABORTED;
  forget_peer(world, socket);
  run_wire(world);
  arm_timers(world);
}

void stop_listening(World& world, ModelSocket& listener) {
  listener.is_in_group = listener.has_selector = false;
  close_connection(world, listener);
  for (const int place : std::exchange(listener.accept_queue, {})) {
    ModelSocket& child = world.at(place);
    child.is_queued = false;
    if (!world.decides(Rule::unaccepted_is_reset)) continue;
    if (child.state == TcpState::bound) {
      child.is_gone = true;
      leave_bucket(world, child);
    } else {
      abort_connection(world, child);
    }
  }
}

}  // namespace timewait
