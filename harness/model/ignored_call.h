#pragma once

#include <optional>
#include <string_view>

#include "harness/net/call.h"

namespace timewait {

/// What a kernel sees of a call when it ignores an option, "SO_REUSEADDR", or a call, "shutdown":
/// the call itself, the part of it that is left, or nothing of it.
std::optional<Call> without_ignored(const Call& call, std::string_view ignored);

}  // namespace timewait
