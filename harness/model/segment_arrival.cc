#include "harness/model/segment_arrival.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/connection.h"
#include "harness/model/fast_open.h"
#include "harness/model/mini_socket.h"
#include "harness/model/orphan.h"
#include "harness/model/port_bucket.h"

namespace timewait {
namespace {

bool is_queue_full(const ModelSocket& listener) {
  return static_cast<int>(listener.accept_queue.size()) > listener.backlog;
}

/// The handshake is over: the request becomes a connection in the accept queue.
void become_child(World& world, ModelSocket& child, ModelSocket& listener) {
  child.form = ModelSocket::Form::full;
  child.is_queued = true;
  if (world.decides(Rule::child_has_the_listeners_options)) {
    child.options = listener.options;
  } else {
    child.options = OptionValues();
  }
  child.keeps_address = listener.keeps_address;
  child.uid = listener.uid;
  child.was_mapped = listener.was_mapped;
  if (world.decides(Rule::child_is_shut_like_its_listener,
                    listener.shut_read || listener.shut_write)) {
    child.shut_read = listener.shut_read;
    child.shut_write = listener.shut_write;
  }
  if (world.decides(Rule::child_holds_the_port))
    join_bucket(world, child, child.local.port(), false);
  listener.accept_queue.push_back(child.place);
}

/// The request is a connection before its handshake is over, and has the data of the SYN.
void become_fast_child(World& world, ModelSocket& child, ModelSocket& listener,
                       const ModelSegment& segment) {
  become_child(world, child, listener);
  child.is_fast_child = true;
  child.received = segment.end();
}

void arrive_at_connection(World& world, ModelSocket& socket, const ModelSegment& segment);

void arrive_at_request(World& world, ModelSocket& request, const ModelSegment& segment) {
  ModelSocket& listener = world.at(request.listener);
  if (listener.state != TcpState::listen) {
    drop_mini(world, request);
    return arrive(world, segment);
  }
  if (world.decides(Rule::filter_drops_segments, listener.options.is_set(Option::filter))) return;
  if (segment.reset) {
    if (segment.seq == request.received) drop_mini(world, request);
    return;
  }
  if (segment.syn) return resend(world, request);
  if (!segment.is_ack || segment.ack != request.next) return refuse(world, segment);
  const bool is_bare = segment.bytes == 0 && !segment.fin;
  const bool waits_for_data = is_bare && listener.options.is_set(Option::defer_accept);
  if (world.decides(Rule::deferred_accept_waits_for_data, waits_for_data)) return;
  if (is_queue_full(listener)) return;
  become_child(world, request, listener);
  arrive_at_connection(world, request, segment);
}

void break_off(World& world, ModelSocket& socket) {
  const Transition* over = next_transition(world, socket, TcpEvent::gets_reset);
  if (over == nullptr) return;
  socket.error = ECONNRESET;
  if (socket.state == TcpState::syn_sent) socket.error = ECONNREFUSED;
  if (socket.state == TcpState::close_wait) socket.error = EPIPE;
  follow(world, socket, *over);
}

/// tcp_rcv_synsent_state_process()
void arrive_at_syn_sent(World& world, ModelSocket& socket, const ModelSegment& segment) {
  const bool acks_syn = segment.ack > socket.first && segment.ack <= socket.written;
  if (segment.is_ack && !acks_syn) {
    refuse(world, segment);
    // The next SYN does not wait for its timer, the first time.
    if (socket.resends++ == 0) resend(world, socket);
    return;
  }
  if (segment.reset) {
    if (segment.is_ack) break_off(world, socket);
    return;
  }
  if (!segment.syn) return;
  const TcpEvent event = segment.is_ack ? TcpEvent::gets_syn_ack : TcpEvent::gets_syn;
  const Transition* transition = next_transition(world, socket, event);
  if (transition == nullptr) return;
  socket.received = socket.read = segment.seq + 1;
  socket.peer_edge = segment.edge;
  if (segment.is_ack) socket.acked = socket.next = segment.ack;
  follow(world, socket, *transition);
  transmit(world, socket);  // what did not come with the SYN
}

bool is_in_synchronized_state(const ModelSocket& socket) {
  return socket.state != TcpState::bound && !socket.is_gone;
}

/// The ACK of a segment; false when the connection is over, or was taken out of this socket.
bool take_ack(World& world, ModelSocket& socket, const ModelSegment& segment) {
  if (segment.ack > socket.next) return send_ack(world, socket), false;
  const bool acks_syn = segment.ack > socket.first;
  if (acks_syn) socket.is_fast_child = false;
  if (socket.state == TcpState::syn_recv && acks_syn) {
    if (const Transition* done = next_transition(world, socket, TcpEvent::gets_ack_of_syn)) {
      follow(world, socket, *done);
      // It was shut down before it was connected.
      if (socket.shut_write) close_connection(world, socket);
    }
  }
  if (segment.ack > socket.acked) {
    socket.acked = segment.ack;
    socket.resends = 0;
    socket.resend = kNever;
  }
  socket.peer_edge = std::max(socket.peer_edge, segment.edge);
  if (!socket.has_fin || socket.acked != socket.written) return true;
  if (const Transition* done = next_transition(world, socket, TcpEvent::gets_ack_of_fin))
    follow(world, socket, *done);
  return is_in_synchronized_state(socket);
}

/// Whether bytes came that no program can read any more; then the connection is broken off.
bool is_for_nobody(World& world, ModelSocket& socket, const ModelSegment& segment) {
  const std::uint64_t end = segment.end() - (segment.fin ? 1 : 0);
  if (segment.bytes == 0 || end <= socket.received || !socket.shut_read || socket.saw_fin)
    return false;
  const Transition* over = next_transition(world, socket, TcpEvent::gets_data_for_nobody);
  if (over == nullptr) return false;
  socket.error = ECONNRESET;
  follow(world, socket, *over);
  return true;
}

void take_bytes(World& world, ModelSocket& socket, const ModelSegment& segment) {
  if (segment.end() == segment.seq || socket.saw_fin) return;
  // An urgent byte that nobody has read when the next one comes is left out (tcp_check_urg()).
  const bool is_behind = socket.urgent != 0 && socket.read + 1 == socket.urgent;
  if (segment.urgent && is_behind && !socket.options.is_set(Option::oobinline) &&
      world.decides(Rule::urgent_byte_is_left_out))
    ++socket.read;
  if (segment.urgent) socket.urgent = segment.end() - (segment.fin ? 1 : 0);
  socket.received = segment.end();
  if (!segment.fin) return send_ack(world, socket);
  socket.saw_fin = true;
  socket.shut_read = true;
  if (const Transition* transition = next_transition(world, socket, TcpEvent::gets_fin))
    follow(world, socket, *transition);
}

void arrive_at_connection(World& world, ModelSocket& socket, const ModelSegment& segment) {
  if (world.decides(Rule::filter_drops_segments, socket.options.is_set(Option::filter))) return;
  socket.heard = world.now;
  socket.probes = 0;
  if (socket.state == TcpState::syn_sent) return arrive_at_syn_sent(world, socket, segment);
  if (segment.reset) {
    if (segment.seq == socket.received) break_off(world, socket);
    return;
  }
  const bool opens_both = socket.state == TcpState::syn_recv && segment.syn && segment.is_ack &&
                          segment.end() == socket.received;
  const bool comes_again = segment.syn && !segment.is_ack && segment.seq < socket.received;
  if (comes_again && socket.is_fast_child) return resend(world, socket);
  if (segment.syn && !opens_both) {
    if (world.decides(Rule::syn_is_challenged)) send_ack(world, socket);
    return;
  }
  const bool is_old = segment.end() < socket.received ||
                      (segment.end() == socket.received && segment.end() != segment.seq);
  if ((is_old && !opens_both) || segment.seq > socket.received) {
    send_ack(world, socket);
    if (segment.seq > socket.received) return;
  }
  if (!segment.is_ack || !take_ack(world, socket, segment)) return;
  if (!is_old && !opens_both) {
    if (is_for_nobody(world, socket, segment)) return;
    take_bytes(world, socket, segment);
  }
  if (!is_in_synchronized_state(socket)) return;
  transmit(world, socket);
  settle_orphan(world, socket);
}

}  // namespace

void refuse(World& world, const ModelSegment& segment) {
  if (segment.reset) return;
  send(world, {.network = segment.network,
               .from = segment.to,
               .to = segment.from,
               .seq = segment.is_ack ? segment.ack : 0,
               .ack = segment.end(),
               .is_ack = !segment.is_ack,
               .reset = true});
}

void arrive_at_listener(World& world, ModelSocket& listener, const ModelSegment& segment) {
  if (segment.reset) return;
  if (segment.is_ack) return refuse(world, segment);
  if (!segment.syn) return;
  if (world.decides(Rule::filter_drops_segments, listener.options.is_set(Option::filter))) return;
  if (world.decides(Rule::full_queue_drops_syn, is_queue_full(listener))) return;
  ModelSocket request;
  request.form = ModelSocket::Form::request;
  request.id = ++world.last_id;
  request.network = listener.network;
  request.kind = listener.kind;
  request.local = segment.to;
  request.remote = segment.from;
  request.options = listener.options;
  request.uid = listener.uid;
  request.listener = listener.place;
  request.received = request.read = segment.seq + 1;
  request.edge = request.peer_edge = segment.edge;
  request.state = TcpState::syn_recv;
  ModelSocket& kept = world.new_socket(request);
  start_numbers(world, kept);
  world.note(kept);
  if (takes_fast_open(world, listener, segment)) become_fast_child(world, kept, listener, segment);
  resend(world, kept);
}

void arrive(World& world, const ModelSegment& segment) {
  ModelSocket* socket = world.find_connection(segment.network, segment.to, segment.from);
  if (socket != nullptr && socket->is_mini()) return arrive_at_mini(world, *socket, segment);
  if (socket != nullptr && !socket->is_full()) return arrive_at_request(world, *socket, segment);
  if (socket != nullptr) return arrive_at_connection(world, *socket, segment);
  ModelSocket* listener = world.find_listener(segment.network, segment.to);
  if (listener != nullptr) return arrive_at_listener(world, *listener, segment);
  refuse(world, segment);
}

}  // namespace timewait
