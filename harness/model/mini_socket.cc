#include "harness/model/mini_socket.h"

#include "harness/model/connection.h"
#include "harness/model/segment_arrival.h"

namespace timewait {
namespace {

void arrive_at_fin_wait2(World& world, ModelSocket& mini, const ModelSegment& segment) {
  if (segment.reset) {
    if (const Transition* over = next_transition(world, mini, TcpEvent::gets_reset))
      follow(world, mini, *over);
    return;
  }
  if (segment.syn && segment.seq >= mini.received) {
    // It is beyond the window. One that comes within milliseconds would fit, and be refused.
    if (world.decides(Rule::syn_is_challenged)) send_ack(world, mini);
    return;
  }
  if (segment.end() <= mini.received) {
    if (segment.end() < mini.received) send_ack(world, mini);
    return;
  }
  if (!segment.fin || segment.end() != mini.received + 1) {
    if (!world.decides(Rule::data_for_nobody)) return;
    refuse(world, segment);
    return drop_mini(world, mini);
  }
  const Transition* transition = next_transition(world, mini, TcpEvent::gets_fin);
  if (transition == nullptr) return;
  mini.received = segment.end();
  follow(world, mini, *transition);
}

void arrive_at_time_wait(World& world, ModelSocket& mini, const ModelSegment& segment) {
  const bool is_next = segment.seq == mini.received;
  if (segment.reset) {
    if (!is_next) return;
    const bool ignores = world.sysctls_of(mini).rfc1337 != 0;
    if (world.decides(Rule::rfc1337_ignores_reset, ignores)) return;
    if (const Transition* over = next_transition(world, mini, TcpEvent::gets_reset))
      follow(world, mini, *over);
    return;
  }
  if (segment.syn && !segment.is_ack && segment.seq > mini.received) {
    ModelSocket* listener = world.find_listener(segment.network, segment.to);
    if (listener != nullptr && world.decides(Rule::syn_replaces_time_wait)) {
      drop_mini(world, mini);
      return arrive_at_listener(world, *listener, segment);
    }
    return send_ack(world, mini);
  }
  if (world.decides(Rule::late_segment_restarts_time_wait, segment.is_ack)) {
    mini.timer = world.now + kTimeWaitLength;
  }
  if (!is_next || segment.end() != segment.seq) send_ack(world, mini);
}

}  // namespace

void arrive_at_mini(World& world, ModelSocket& mini, const ModelSegment& segment) {
  return mini.state == TcpState::fin_wait2 ? arrive_at_fin_wait2(world, mini, segment)
                                           : arrive_at_time_wait(world, mini, segment);
}

}  // namespace timewait
