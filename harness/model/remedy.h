#pragma once

#include <optional>

#include "harness/model/prediction.h"
#include "harness/model/saying.h"

namespace timewait {

/// What would have made an attempt succeed that finds its address in use, as the model computes it:
/// it plays the cell again with other options. One sentence; nothing where no option can be given.
std::optional<Saying> remedy_for(const Cell& cell, const Conflict& conflict,
                                 const KernelTraits& traits);

}  // namespace timewait
