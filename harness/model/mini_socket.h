#pragma once

#include "harness/model/world.h"

namespace timewait {

/// A segment arrives for what is left of a connection in TIME_WAIT or FIN_WAIT2
/// (tcp_timewait_state_process() in net/ipv4/tcp_minisocks.c).
void arrive_at_mini(World& world, ModelSocket& mini, const Segment& segment);

}  // namespace timewait
