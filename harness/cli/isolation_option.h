#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace timewait {

/// Adds --isolation to a command. `rung`, empty unless one is asked for, must live until its
/// arguments are parsed; kIsolationWords knows what it names.
void add_isolation_option(CLI::App& command, std::string& rung);

}  // namespace timewait
