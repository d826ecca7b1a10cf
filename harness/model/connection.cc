#include "harness/model/connection.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/port_bucket.h"
#include "harness/model/segment_arrival.h"

namespace timewait {
namespace {

constexpr std::uint64_t kBetweenStarts = 1ULL << 32;

ModelSegment segment_of(World& world, ModelSocket& socket) {
  const int room = socket.options[Option::rcvbuf] == 0 ? world.sysctls_of(socket).rmem
                                                       : socket.options[Option::rcvbuf];
  const auto unread = socket.received - socket.read;
  const auto free = static_cast<std::uint64_t>(std::max(room / 2, 1));
  socket.edge = std::max(socket.edge, socket.received + (free > unread ? free - unread : 0));
  return {.network = socket.network,
          .from = socket.local,
          .to = socket.remote,
          .seq = socket.next,
          .ack = socket.received,
          .edge = socket.edge,
          .is_ack = true};
}

/// Sends a segment of the socket; one that has once connected to a mapped address sends nothing to
/// a native one.
void send_from(World& world, ModelSocket& socket, const ModelSegment& segment) {
  const bool is_native = is_ipv6(socket.kind) && socket.remote.family() == AF_INET6;
  if (is_native && socket.is_full()) {
    if (world.decides(Rule::mapped_once_is_mapped_for_ever, socket.was_mapped)) return;
  } else {
    socket.was_mapped = is_ipv6(socket.kind) && !is_native;
  }
  send(world, segment);
}

void send_syn(World& world, ModelSocket& socket, bool is_ack, int bytes = 0) {
  ModelSegment segment = segment_of(world, socket);
  segment.seq = socket.first;
  segment.syn = true;
  segment.bytes = bytes;
  segment.is_ack = is_ack;
  send_from(world, socket, segment);
}

/// The bytes from `from` up to `to`, which may end with the FIN.
void send_bytes(World& world, ModelSocket& socket, std::uint64_t from, std::uint64_t to) {
  ModelSegment segment = segment_of(world, socket);
  segment.seq = from;
  segment.fin = socket.has_fin && to == socket.written;
  segment.bytes = static_cast<int>(to - from) - (segment.fin ? 1 : 0);
  segment.urgent = socket.sent_urgent == to;
  send_from(world, socket, segment);
}

bool is_handshaking(const ModelSocket& socket) {
  return socket.state == TcpState::syn_sent || socket.state == TcpState::syn_recv;
}

void begin_anew(World& world, ModelSocket& socket) {
  start_numbers(world, socket);
  socket.received = socket.read = socket.edge = socket.peer_edge = 0;
  socket.urgent = socket.sent_urgent = 0;
  socket.error = 0;
  socket.defers_syn = false;
  socket.sent_with_syn = 0;
}

}  // namespace

void send(World& world, const ModelSegment& segment) {
  const Network& network = world.networks[static_cast<std::size_t>(segment.network)];
  if (world.decides(Rule::link_down_loses_segments, !network.is_loopback_up())) return;
  if (network.has_route_to(segment.to)) return;
  world.wire.push_back(segment);
}

void send_ack(World& world, ModelSocket& socket) {
  send_from(world, socket, segment_of(world, socket));
}

void send_reset(World& world, ModelSocket& socket) {
  ModelSegment segment = segment_of(world, socket);
  segment.reset = true;
  send_from(world, socket, segment);
}

const Transition* next_transition(World& world, const ModelSocket& socket, TcpEvent event) {
  const Transition* found = find_transition(socket.state, event);
  return found != nullptr && world.decides(found->rule) ? found : nullptr;
}

void follow(World& world, ModelSocket& socket, const Transition& transition) {
  switch (transition.sends) {
    case Sends::nothing:
      break;
    case Sends::syn:
    case Sends::syn_ack:
      send_syn(world, socket, transition.sends == Sends::syn_ack);
      break;
    case Sends::ack:
      send_ack(world, socket);
      break;
    case Sends::fin:
      socket.has_fin = true;
      ++socket.written;
      break;
    case Sends::reset:
      send_reset(world, socket);
      break;
  }
  if (transition.to == TcpState::bound) return end_connection(world, socket);
  if (transition.to == TcpState::time_wait && socket.is_full())
    return become_mini(world, socket, TcpState::time_wait, kTimeWaitLength);
  world.enter(socket, transition.to);
  if (transition.to == TcpState::time_wait) {
    socket.timer = world.now + kTimeWaitLength;
    socket.became_mini = world.now;
  }
}

void start_numbers(World& world, ModelSocket& socket) {
  world.last_start += kBetweenStarts;
  socket.first = world.last_start;
  socket.acked = socket.first;
  socket.next = socket.written = socket.first + 1;
  socket.has_fin = false;
  socket.heard = world.now;
  socket.resend = kNever;
  socket.resends = socket.probes = 0;
}

void open_connection(World& world, ModelSocket& socket) {
  begin_anew(world, socket);
  if (world.decides(Rule::repair_is_silent, socket.options.is_set(Option::repair))) {
    socket.acked = socket.next;
    return world.enter(socket, TcpState::established);
  }
  if (const Transition* transition = next_transition(world, socket, TcpEvent::connects))
    follow(world, socket, *transition);
}

void defer_syn(World& world, ModelSocket& socket) {
  begin_anew(world, socket);
  socket.defers_syn = true;
  world.enter(socket, TcpState::syn_sent);
}

void send_deferred_syn(World& world, ModelSocket& socket, int bytes) {
  socket.defers_syn = false;
  socket.written += static_cast<std::uint64_t>(bytes);
  const bool is_carried = world.decides(Rule::fast_open_sends_data_with_syn);
  send_syn(world, socket, false, is_carried ? bytes : 0);
}

void close_connection(World& world, ModelSocket& socket) {
  const Transition* transition = next_transition(world, socket, TcpEvent::closes);
  if (transition == nullptr) return;
  follow(world, socket, *transition);
  if (transition->sends == Sends::fin) transmit(world, socket);
}

void abort_connection(World& world, ModelSocket& socket) {
  if (world.decides(Rule::repair_is_silent, socket.options.is_set(Option::repair)))
    return end_connection(world, socket);
  if (const Transition* transition = next_transition(world, socket, TcpEvent::aborts))
    follow(world, socket, *transition);
}

void transmit(World& world, ModelSocket& socket) {
  if (is_handshaking(socket)) return;
  const std::uint64_t end = std::min(socket.written, socket.peer_edge);
  if (end <= socket.next) return;
  const std::uint64_t from = socket.next;
  socket.next = end;
  send_bytes(world, socket, from, end);
}

void tell_room(World& world, ModelSocket& socket) {
  constexpr std::uint64_t kLittle = 16384;
  if (socket.edge < socket.received + kLittle) send_ack(world, socket);
}

void resend(World& world, ModelSocket& socket) {
  if (socket.state == TcpState::syn_sent) return send_syn(world, socket, false);
  if (socket.state == TcpState::syn_recv || socket.is_fast_child)
    return send_syn(world, socket, true);
  if (socket.acked < socket.next) return send_bytes(world, socket, socket.acked, socket.next);
  probe(world, socket);
}

void probe(World& world, ModelSocket& socket) {
  ModelSegment segment = segment_of(world, socket);
  segment.seq = socket.acked - 1;
  send_from(world, socket, segment);
}

void end_connection(World& world, ModelSocket& socket) {
  if (!socket.is_full()) return drop_mini(world, socket);
  const bool was_in_table = socket.holds_port();
  socket.state = TcpState::bound;
  socket.shut_read = socket.shut_write = true;
  socket.timer = socket.resend = kNever;
  socket.defers_syn = socket.is_fast_child = false;
  const bool keeps = socket.keeps_port && world.decides(Rule::bound_port_outlives_connection);
  if (socket.is_orphan() || !keeps) leave_bucket(world, socket);
  if (socket.is_orphan()) socket.is_gone = true;
  if (was_in_table) world.note_what_is_left(socket);
}

void become_mini(World& world, ModelSocket& socket, TcpState state, Duration length) {
  const bool has_room =
      world.mini_sockets(socket.network) < world.sysctls_of(socket).max_tw_buckets ||
      !world.decides(Rule::too_many_time_waits);
  if (has_room) {
    ModelSocket& mini = world.new_socket(socket);
    mini.form = ModelSocket::Form::mini;
    mini.descriptors = 0;
    mini.is_queued = false;
    mini.timer = world.now + length;
    mini.resend = kNever;
    mini.became_mini = world.now;
    world.enter(mini, state);
  }
  end_connection(world, socket);
}

void drop_mini(World& world, ModelSocket& mini) {
  leave_bucket(world, mini);
  mini.is_gone = true;
  world.note_what_is_left(mini);
}

void run_wire(World& world) {
  constexpr std::size_t kMost = 10000;  // two ends that answer each other for ever
  for (std::size_t at = 0; at < world.wire.size() && at < kMost; ++at) {
    const ModelSegment segment = world.wire[at];
    arrive(world, segment);
  }
  world.wire.clear();
}

}  // namespace timewait
