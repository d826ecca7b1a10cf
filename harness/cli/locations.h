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

/// Takes the scenario files among `names` ("./mine.toml") out of them, reads these and the folder,
/// and puts the scenarios' names in their place.
std::vector<Scenario> load_scenarios(const Locations& locations, std::vector<std::string>& names);

}  // namespace timewait
