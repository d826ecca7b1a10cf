#pragma once

#include <CLI/CLI.hpp>

namespace timewait {

/// Has all commands of `app` refuse an empty name for a folder or file, which are the arguments
/// whose type is DIR or FILE: an unset variable of a script must not stand for the folder "/".
void refuse_empty_paths(CLI::App& app);

}  // namespace timewait
