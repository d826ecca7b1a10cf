#pragma once

#include <optional>
#include <string>

#include "harness/process/exit_state.h"
#include "harness/scenario/outcome.h"

namespace timewait {

/// Which call of a document program failed, from how it ended and what it printed on its standard
/// error; nothing when it did not end because of a failed call. Throws Error when the two
/// contradict each other: then the program cannot be believed.
std::optional<Outcome> failed_call(const ExitState& end, const std::string& errors);

}  // namespace timewait
