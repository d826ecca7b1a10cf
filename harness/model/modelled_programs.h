#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/model/modelled_process.h"
#include "harness/net/option_set.h"

namespace timewait {

/// What the document program does that `command` runs, "chat_server --at 127.0.0.1:5120", with
/// `options` set before bind() instead of its own. Nothing for a program that is not one of ours.
/// A peer does nothing by itself: whoever has it makes the calls.
std::optional<ModelledProgram> modelled_program(const std::vector<std::string>& command,
                                                std::optional<OptionSet> options);

}  // namespace timewait
