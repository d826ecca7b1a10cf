#pragma once

#include "harness/model/world.h"

namespace timewait {

/// An orphan in FIN_WAIT2 becomes a mini-socket, or what else the options make of it.
void settle_orphan(World& world, ModelSocket& socket);

/// How long an orphan stays in FIN_WAIT2 (tcp_fin_time()).
Duration fin_wait2_time(World& world, const ModelSocket& socket);

inline constexpr std::chrono::milliseconds kShortestFinWait2{700};

}  // namespace timewait
