#pragma once

#include "harness/model/prediction.h"
#include "harness/model/saying.h"

namespace timewait {

/// Why the attempt of a cell ends as the model predicts, in one to three sentences: the entry that
/// is in the way, the clause that decides, and what would have made it succeed; or why nothing is
/// in the way. No sentence comes twice.
Explanation explanation_of(const Cell& cell, const Prediction& prediction,
                           const KernelTraits& traits);

}  // namespace timewait
