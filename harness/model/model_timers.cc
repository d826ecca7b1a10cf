#include "harness/model/model_timers.h"

#include <errno.h>

#include <algorithm>

#include "harness/model/connection.h"
#include "harness/model/orphan.h"
#include "harness/model/segment_arrival.h"

namespace timewait {
namespace {

constexpr std::chrono::seconds kFirstSynTimeout{1};
constexpr std::chrono::seconds kLongestTimeout{120};

bool is_waiting_for_answer(const ModelSocket& socket) {
  if (socket.is_gone || socket.is_mini() || !socket.is_stream()) return false;
  if (!socket.is_full()) return true;
  if (socket.defers_syn) return false;
  if (socket.state == TcpState::bound || socket.state == TcpState::listen) return false;
  return socket.acked < socket.written;
}

/// A connection that is asked now and then whether it is still there.
bool is_kept_alive(const ModelSocket& socket) {
  return socket.is_full() && !socket.is_gone && socket.options.is_set(Option::keepalive) &&
         socket.is_connected() && socket.state != TcpState::bound &&
         socket.state != TcpState::listen && socket.state != TcpState::syn_sent &&
         !is_waiting_for_answer(socket);
}

int first_of(int value, int otherwise) { return value != 0 ? value : otherwise; }

Duration keepalive_time(const World& world, const ModelSocket& socket) {
  if (!is_kept_alive(socket)) return kNever;
  const Sysctls& sysctls = world.networks[static_cast<std::size_t>(socket.network)].sysctls;
  const int idle = first_of(socket.options[Option::keepidle], sysctls.keepalive_time);
  const int interval = first_of(socket.options[Option::keepintvl], sysctls.keepalive_intvl);
  return socket.heard + std::chrono::seconds(idle + socket.probes * interval);
}

Duration timer_of(const World& world, const ModelSocket& socket) {
  return std::min({socket.timer, socket.resend, keepalive_time(world, socket)});
}

Duration resend_after(const World& world, const ModelSocket& socket) {
  const Sysctls& sysctls = world.networks[static_cast<std::size_t>(socket.network)].sysctls;
  if (socket.state == TcpState::syn_sent) {
    const int doublings = std::max(0, socket.resends - sysctls.syn_linear_timeouts);
    return std::min<Duration>(kFirstSynTimeout * (1 << std::min(doublings, 10)), kLongestTimeout);
  }
  const Duration first =
      socket.state == TcpState::syn_recv ? Duration(kFirstSynTimeout) : Duration(kFirstTimeout);
  return std::min<Duration>(first * (1 << std::min(socket.resends, 12)), kLongestTimeout);
}

int most_resends(World& world, const ModelSocket& socket) {
  const Sysctls& sysctls = world.sysctls_of(socket);
  if (socket.state == TcpState::syn_sent)
    return first_of(socket.options[Option::syncnt], sysctls.syn_retries) +
           sysctls.syn_linear_timeouts;
  if (!socket.is_full()) return sysctls.synack_retries;
  if (socket.is_fast_child) return sysctls.synack_retries + 1;
  return socket.is_orphan() ? first_of(sysctls.orphan_retries, 8) : sysctls.retries2;
}

void give_up(World& world, ModelSocket& socket) {
  socket.error = ETIMEDOUT;
  end_connection(world, socket);
}

void fire_resend(World& world, ModelSocket& socket) {
  socket.resend = kNever;
  const bool is_forgotten =
      !socket.is_full() && world.at(socket.listener).state != TcpState::listen;
  if (is_forgotten) return drop_mini(world, socket);
  if (world.decides(Rule::retransmissions_end, socket.resends >= most_resends(world, socket)))
    return give_up(world, socket);
  ++socket.resends;
  resend(world, socket);
}

void fire_keepalive(World& world, ModelSocket& socket) {
  const Sysctls& sysctls = world.sysctls_of(socket);
  const int most = first_of(socket.options[Option::keepcnt], sysctls.keepalive_probes);
  if (world.decides(Rule::keepalive_gives_up, socket.probes >= most)) {
    send_reset(world, socket);
    return give_up(world, socket);
  }
  ++socket.probes;
  probe(world, socket);
}

/// An orphan in FIN_WAIT2 that was too long for a mini-socket (tcp_keepalive_timer()).
void fire_orphan(World& world, ModelSocket& socket) {
  socket.timer = kNever;
  const Duration rest = fin_wait2_time(world, socket) - kTimeWaitLength;
  if (rest > Duration::zero())
    return become_mini(world, socket, TcpState::fin_wait2,
                       std::max<Duration>(rest, kShortestFinWait2));
  send_reset(world, socket);
  end_connection(world, socket);
}

void fire_mini(World& world, ModelSocket& mini) {
  const Transition* transition = next_transition(world, mini, TcpEvent::timer_fires);
  mini.timer = kNever;
  if (transition != nullptr) follow(world, mini, *transition);
}

void fire(World& world, ModelSocket& socket) {
  if (socket.timer <= world.now) {
    if (socket.is_mini()) return fire_mini(world, socket);
    return fire_orphan(world, socket);
  }
  if (socket.resend <= world.now) return fire_resend(world, socket);
  fire_keepalive(world, socket);
}

}  // namespace

Duration next_timer(const World& world) {
  Duration next = kNever;
  for (const ModelSocket& socket : world.sockets)
    if (!socket.is_gone) next = std::min(next, timer_of(world, socket));
  return next;
}

void arm_timers(World& world) {
  for (ModelSocket& socket : world.sockets) {
    if (socket.is_gone || socket.is_mini()) continue;
    if (!is_waiting_for_answer(socket)) {
      socket.resend = kNever;
      socket.resends = 0;
    } else if (socket.resend == kNever) {
      socket.resend = world.now + resend_after(world, socket);
    }
  }
}

void go_to(World& world, Duration time) {
  for (Duration next = next_timer(world); next <= time; next = next_timer(world)) {
    world.now = std::max(world.now, next);
    for (std::size_t place = 0; place < world.sockets.size(); ++place) {
      ModelSocket& socket = world.sockets[place];
      if (socket.is_gone || timer_of(world, socket) > world.now) continue;
      fire(world, socket);
      run_wire(world);
    }
    arm_timers(world);
  }
  world.now = std::max(world.now, time);
}

void resend_everything(World& world) {
  for (std::size_t place = 0; place < world.sockets.size(); ++place) {
    ModelSocket& socket = world.sockets[place];
    if (!is_waiting_for_answer(socket)) continue;
    socket.resend = kNever;
    socket.resends = 0;
    resend(world, socket);
  }
  run_wire(world);
  arm_timers(world);
}

}  // namespace timewait
