#pragma once

#include <string>

#include "harness/explore/smallest.h"

namespace timewait {

/// A finding as a scenario file whose expectation is what the kernel did, so that `timewait run`
/// shows it again. Its last call is the attempt if that is bind(), listen() or a connect() that
/// failed, with what the port held as the precondition; otherwise the call is a step like the
/// others, and the attempt one that always succeeds.
std::string scenario_text(const SmallFinding& small);

/// A name for that file, "bind-gives-eaddrinuse-1".
std::string scenario_name(const SmallFinding& small, std::size_t number);

}  // namespace timewait
