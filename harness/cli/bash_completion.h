#pragma once

#include <string>

#include "harness/cli/command_tree.h"

namespace timewait {

/// What bash has to know to complete the commands of `program`, for it to source. Scenarios and
/// cells are asked for when they are completed.
std::string bash_completion(const CommandNode& program);

}  // namespace timewait
