#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "harness/scenario/scenario.h"

namespace timewait {

/// Where the program finds what it needs: relative to itself, in a build tree as when installed,
/// unless the command line says otherwise.
struct Locations {
  std::string scenarios;  ///< folder of the scenario files
  std::string programs;   ///< folder of the document programs
};

/// Throws CannotRunHere where there is no /proc.
Locations default_locations();

/// Adds --scenarios and --programs to a command.
void add_location_options(CLI::App& command, Locations& locations);

/// Reads what `names` name: scenario files ("./mine.toml"), in whose place it puts the names of
/// their scenarios, and scenarios or cells of the folder. Reads the whole folder when there are
/// no names, and when it has none of such a name: then what was meant may be among the others.
std::vector<Scenario> load_scenarios(const Locations& locations, std::vector<std::string>& names);

}  // namespace timewait
