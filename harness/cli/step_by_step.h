#pragma once

#include "harness/run/run_settings.h"

namespace timewait {

/// Prints each step of a cell on standard output, before and after it, and waits for Enter on
/// standard input between them; at the end of that input it goes on without waiting.
StepWatch step_by_step();

}  // namespace timewait
