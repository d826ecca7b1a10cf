#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/scenario/scenario.h"
#include "harness/scenario/source_text.h"

namespace timewait {

/// Reads and checks a scenario file. Throws ScenarioError for whatever is unknown, doubled, missing
/// or does not fit; nothing is guessed.
Scenario read_scenario(const SourceText& source);
Scenario read_scenario_file(const std::string& path);

/// All "*.toml" files below `directory` except those of the claims and of translations and those
/// whose name begins with "_", ordered by theme and name, but who-closes-first before all others.
/// Throws BadInput when two have the same name or there are none.
std::vector<std::filesystem::path> scenario_files(const std::string& directory);

/// The scenarios in all of these files.
std::vector<Scenario> read_scenario_folder(const std::string& directory);

}  // namespace timewait
