#pragma once

#include "harness/model/world.h"

namespace timewait {

/// Whether connect() leaves the SYN to the first data (tcp_fastopen_defer_connect()). The model
/// knows Fast Open without cookies only: where one is needed the handshake is the usual one.
bool leaves_syn_to_data(World& world, const ModelSocket& socket);

/// Whether clients have Fast Open still when the data comes (tcp_sendmsg_fastopen()).
bool may_send_with_syn(World& world, const ModelSocket& socket);

/// Whether the SYN opens a connection at once (tcp_try_fastopen()).
bool takes_fast_open(World& world, const ModelSocket& listener, const ModelSegment& segment);

}  // namespace timewait
