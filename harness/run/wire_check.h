#pragma once

#include <optional>
#include <string>

#include "harness/run/record.h"

namespace timewait {

/// Holds the states that a record's tables show against the segments that were captured: a state
/// needs the segments that lead to it (RFC 9293 section 3.3.2), and a segment that was sent leaves
/// its sender in a state in which it can be sent. Returns a sentence that names the first
/// contradiction; nothing when there is none, or when segments were lost or not captured, so that
/// nothing can be said.
std::optional<std::string> contradiction_on_the_wire(const Record& record);

}  // namespace timewait
