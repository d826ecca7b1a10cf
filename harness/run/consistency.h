#pragma once

#include <optional>
#include <string>

#include "harness/run/record.h"

namespace timewait {

/// Checks what a record says against itself: its preconditions against the table they were judged
/// by, its outcome against the calls, its attempt against the place it has without a network of its
/// own, its states against its segments (wire_check.h), its timeline against its counts. Returns a
/// sentence that names the first contradiction; nothing when there is none.
std::optional<std::string> contradiction(const Record& record);

}  // namespace timewait
