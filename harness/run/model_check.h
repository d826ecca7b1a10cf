#pragma once

#include <optional>
#include <string>

#include "harness/run/record.h"

namespace timewait {

/// Where the record and what the model predicted for it disagree: in the outcome, in the time it
/// took, or in a state that a look shows and that is not on the model's way. Nothing when they
/// agree, or when there is no prediction.
///
/// The kernel may be behind the model, whose processes and segments are never late: what a look
/// shows must be among the states that the model has for that socket up to this step, and no look
/// may go back behind an earlier one.
std::optional<std::string> model_disagreement(const Record& record);

}  // namespace timewait
