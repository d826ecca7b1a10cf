#include "harness/model/stream_calls.h"

#include <errno.h>

#include <algorithm>
#include <utility>

#include "harness/model/connect_calls.h"
#include "harness/model/connection.h"
#include "harness/model/model_timers.h"
#include "harness/model/orphan.h"

namespace timewait {
namespace {

bool is_handshaking(const ModelSocket& socket) {
  return socket.state == TcpState::syn_sent || socket.state == TcpState::syn_recv;
}

/// A connection of Fast Open whose handshake is not over (tcp_passive_fastopen()).
bool is_fast_child(const ModelSocket& socket) {
  return socket.state == TcpState::syn_recv && socket.is_fast_child;
}

bool can_carry(const ModelSocket& socket) {
  return socket.state == TcpState::established || socket.state == TcpState::close_wait ||
         is_fast_child(socket);
}

int take_error(ModelSocket& socket) { return std::exchange(socket.error, 0); }

}  // namespace

ModelSocket* take_from_queue(World& world, ModelSocket& socket, MaybeAnswer& answer) {
  if (socket.state != TcpState::listen) {
    answer = Answer::failed(EINVAL);
    return nullptr;
  }
  const Wait wait = wait_until(world, socket, socket.options[Option::rcvtimeo],
                               [&] { return !socket.accept_queue.empty(); });
  if (wait == Wait::timed_out) answer = Answer::failed(EAGAIN);
  if (wait != Wait::over) return nullptr;
  ModelSocket& child = world.at(socket.accept_queue.front());
  socket.accept_queue.erase(socket.accept_queue.begin());
  child.is_queued = false;
  child.phase = Phase::connected;
  return &child;
}

namespace {

std::uint64_t capacity_of(World& world, const ModelSocket& socket) {
  constexpr std::uint64_t kGrown = 2626560;  // what a connection over the loopback begins with
  const int set = socket.options[Option::sndbuf];
  if (set != 0) return static_cast<std::uint64_t>(set);
  return world.sysctls_of(socket).wmem != 16384
             ? static_cast<std::uint64_t>(world.sysctls_of(socket).wmem)
             : kGrown;
}

Answer broken_pipe(World& world, ModelSocket& socket) {
  const int error = take_error(socket);
  return Answer::failed(world.decides(Rule::error_is_told_once, error != 0) ? error : EPIPE);
}

}  // namespace

MaybeAnswer send_stream(World& world, ModelSocket& socket, int bytes, bool urgent) {
  if (socket.defers_syn || socket.sent_with_syn > 0) return send_with_syn(world, socket, bytes);
  const bool sends_early = world.decides(Rule::fast_open_child_sends_early, is_fast_child(socket));
  if (is_handshaking(socket) && !sends_early) {
    const Wait wait = wait_until(world, socket, socket.options[Option::sndtimeo],
                                 [&] { return !is_handshaking(socket); });
    if (wait == Wait::endless) return std::nullopt;
    if (wait == Wait::timed_out) return Answer::failed(EAGAIN);
  }
  const bool repairs = can_carry(socket) && socket.options.is_set(Option::repair);
  if (world.decides(Rule::repair_is_silent, repairs)) return Answer::failed(EINVAL);
  if (!can_carry(socket) || socket.error != 0 || socket.shut_write)
    return broken_pipe(world, socket);
  const auto room = [&] {
    const std::uint64_t used = socket.written - socket.acked;
    const std::uint64_t most = capacity_of(world, socket);
    return most > used ? most - used : 0;
  };
  const auto is_over = [&] { return room() > 0 || !can_carry(socket); };
  const Wait wait = wait_until(world, socket, socket.options[Option::sndtimeo], is_over);
  if (wait == Wait::endless) return std::nullopt;
  if (wait == Wait::timed_out) return Answer::failed(EAGAIN);
  if (!can_carry(socket)) return broken_pipe(world, socket);
  const int taken =
      static_cast<int>(std::min<std::uint64_t>(room(), static_cast<std::uint64_t>(bytes)));
  const bool would_wait =
      taken < bytes && !socket.is_nonblocking && socket.options[Option::sndtimeo] == kForEver;
  if (would_wait) return std::nullopt;
  socket.written += static_cast<std::uint64_t>(taken);
  if (urgent && taken > 0) socket.sent_urgent = socket.written;
  transmit(world, socket);
  run_wire(world);
  arm_timers(world);
  return Answer::of(taken);
}

MaybeAnswer receive_stream(World& world, ModelSocket& socket, int bytes) {
  if (socket.state == TcpState::listen) return Answer::failed(ENOTCONN);
  if (world.decides(Rule::repair_is_silent, socket.options.is_set(Option::repair)))
    return Answer::failed(EPERM);
  const auto unread = [&] { return static_cast<int>(socket.unread_bytes()); };
  // The urgent byte is no part of the stream unless it is asked for, and ends a read.
  const auto skip_urgent = [&] {
    if (socket.urgent == 0 || socket.read + 1 != socket.urgent) return;
    if (socket.options.is_set(Option::oobinline)) return;
    if (!world.decides(Rule::urgent_byte_is_left_out)) return;
    ++socket.read;
    socket.urgent = 0;
  };
  const int target = std::max(1, std::min(bytes, socket.options[Option::rcvlowat]));
  const auto is_over = [&] {
    return unread() >= target || socket.saw_fin || socket.error != 0 || socket.shut_read ||
           socket.state == TcpState::bound;
  };
  if (unread() > 0) skip_urgent();
  const Wait wait = wait_until(world, socket, socket.options[Option::rcvtimeo], is_over);
  if (wait == Wait::endless) return std::nullopt;
  int taken = std::min(unread(), bytes);
  if (taken > 0 && socket.urgent != 0 && socket.read + 1 < socket.urgent)
    taken = std::min(taken, static_cast<int>(socket.urgent - 1 - socket.read));
  if (taken > 0) {
    socket.read += static_cast<std::uint64_t>(taken);
    if (socket.is_connected() && socket.state != TcpState::bound) {
      tell_room(world, socket);
      run_wire(world);
    }
    return Answer::of(taken);
  }
  if (socket.saw_fin) return Answer::of(0);
  if (world.decides(Rule::error_is_told_once, socket.error != 0))
    return Answer::failed(take_error(socket));
  if (socket.shut_read) return Answer::of(0);
  if (socket.state == TcpState::bound) return Answer::failed(ENOTCONN);
  return Answer::failed(EAGAIN);
}

int shut_down_stream(World& world, ModelSocket& socket, Direction direction) {
  const bool reads = direction != Direction::write;
  const bool writes = direction != Direction::read;
  if (socket.phase == Phase::connecting)
    socket.phase = is_handshaking(socket) || socket.state == TcpState::bound ? Phase::disconnecting
                                                                             : Phase::connected;
  if (socket.state == TcpState::listen) {
    if (reads) disconnect_stream(world, socket);
    return 0;
  }
  if (socket.state == TcpState::syn_sent) return disconnect_stream(world, socket), 0;
  const bool is_closed = socket.state == TcpState::bound;
  socket.shut_read = socket.shut_read || reads;
  socket.shut_write = socket.shut_write || writes;
  if (is_closed) return ENOTCONN;
  if (writes && socket.state != TcpState::syn_recv) close_connection(world, socket);
  run_wire(world);
  arm_timers(world);
  return 0;
}

void close_stream(World& world, ModelSocket& socket, bool may_linger) {
  const bool unread = socket.unread_bytes() > 0 && socket.state != TcpState::syn_sent;
  socket.shut_read = socket.shut_write = true;
  const int linger = socket.options[Option::linger];
  if (socket.state == TcpState::bound) {
    end_connection(world, socket);
  } else if (socket.state == TcpState::listen) {
    socket.phase = Phase::unconnected;
    stop_listening(world, socket);
  } else if (socket.options.is_set(Option::repair) ||
             world.decides(Rule::unread_data_resets, unread) ||
             world.decides(Rule::linger_zero_resets, linger == 0)) {
    abort_connection(world, socket);
  } else {
    close_connection(world, socket);
  }
  run_wire(world);
  settle_orphan(world, socket);
  run_wire(world);
  arm_timers(world);
  if (!may_linger || linger <= 0) return;
  const auto is_over = [&] {
    return socket.state != TcpState::fin_wait1 && socket.state != TcpState::closing &&
           socket.state != TcpState::last_ack;
  };
  wait_until(world, socket, linger * 1000, is_over);
}

short stream_events(World& world, const ModelSocket& socket) {
  if (socket.state == TcpState::listen) return socket.accept_queue.empty() ? 0 : POLLIN;
  int events = 0;
  if ((socket.shut_read && socket.shut_write) || socket.state == TcpState::bound) events |= POLLHUP;
  if (socket.shut_read) events |= POLLIN;
  if (socket.defers_syn) events |= POLLOUT;
  if (!is_handshaking(socket) || is_fast_child(socket)) {
    const auto unread = static_cast<std::int64_t>(socket.received - socket.read);
    const bool at_urgent = socket.urgent != 0 && socket.read + 1 == socket.urgent &&
                           !socket.options.is_set(Option::oobinline);
    if (unread >= socket.options[Option::rcvlowat] + (at_urgent ? 1 : 0)) events |= POLLIN;
    if (socket.shut_write || socket.written - socket.acked < capacity_of(world, socket))
      events |= POLLOUT;
  }
  if (socket.error != 0) events |= POLLERR;
  return static_cast<short>(events);
}

}  // namespace timewait
