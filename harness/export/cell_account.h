#pragma once

#include <string>

#include "harness/run/record.h"

namespace timewait {

/// Where the repository has a scenario: "scenarios/THEME/SCENARIO.toml".
std::string scenario_file(const std::string& theme, const std::string& scenario);

/// "SCENARIO/CELL", as the command line names it.
std::string full_name(const std::string& scenario, const Point& point);

/// Why the model expects what it does, in one line; empty where it does not know the script.
std::string explanation_text(const Record& record);

/// True for a cell that came to an end of which the ladder tells something: not for one that passed
/// or could not run.
bool has_account(const Record& record);

/// What happened in the cell as a ladder that looks the same everywhere: no colour, 100 columns. It
/// ends with a newline and begins with no blank.
std::string ladder_text(const Record& record);

/// Explanation and ladder, an empty line between them.
std::string account_of(const Record& record);

}  // namespace timewait
