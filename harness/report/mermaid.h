#pragma once

#include <string>

#include "harness/run/record.h"

namespace timewait {

/// What happened in a cell as a Mermaid sequence diagram, for pages that draw such: arrows for
/// segments, states beside their lifelines, steps as notes over both, and a bar on a lifeline while
/// a process of that side lives.
std::string mermaid(const Record& record);

}  // namespace timewait
