#pragma once

#include <functional>

#include "harness/explore/script.h"

namespace timewait {

/// Whether a script still shows what the one did that is being shrunk. Scripts that cannot be
/// played at all, because a socket is used that was never made, do not.
using StillShows = std::function<bool(const Script&)>;

/// The smallest script that can be reached by leaving out calls and sockets and by putting simpler
/// options, addresses and families in their place, one after the other, such that all of them still
/// show it. Its sockets are called a, b, c in the order in which they are made.
Script shrunk(Script script, const StillShows& still_shows);

}  // namespace timewait
