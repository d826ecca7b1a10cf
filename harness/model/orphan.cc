#include "harness/model/orphan.h"

#include <algorithm>

#include "harness/model/connection.h"
#include "harness/model/segment_arrival.h"

namespace timewait {

Duration fin_wait2_time(World& world, const ModelSocket& socket) {
  const int own = socket.options[Option::linger2];
  const bool has_own = own > 0 && world.decides(Rule::linger2_sets_fin_wait2_time);
  const std::chrono::seconds time(has_own ? own : world.sysctls_of(socket).fin_timeout);
  return std::max<Duration>(time, kShortestFinWait2);
}

void settle_orphan(World& world, ModelSocket& socket) {
  if (socket.is_gone || socket.state != TcpState::fin_wait2 || !socket.is_orphan()) return;
  if (world.decides(Rule::negative_linger2_resets, socket.options[Option::linger2] < 0)) {
    send_reset(world, socket);
    return end_connection(world, socket);
  }
  const Duration time = fin_wait2_time(world, socket);
  if (world.decides(Rule::long_fin_wait2_waits_twice, time > kTimeWaitLength)) {
    socket.timer = world.now + time - kTimeWaitLength;
  } else if (world.decides(Rule::orphan_in_fin_wait2_is_mini)) {
    become_mini(world, socket, TcpState::fin_wait2, time);
  }
}

}  // namespace timewait
