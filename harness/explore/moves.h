#pragma once

#include <vector>

#include "harness/explore/draft.h"

namespace timewait {

/// How a script may go on in the exhaustive set, each a few calls that belong together: a socket is
/// opened and bound or connected, a bound one listens, a listener accepts, a connection is closed,
/// shut down, reset or left, an option is changed after bind(). Calls that cannot succeed whatever
/// else is there are not among them.
std::vector<Script> moves_of(const Draft& draft);

}  // namespace timewait
