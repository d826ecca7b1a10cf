#pragma once

#include <vector>

#include "harness/scenario/script_line.h"
#include "harness/scenario/step.h"

namespace timewait {

/// Reads one line of a script against the verb table. Throws ScenarioError with the column of the
/// word that is wrong.
Step parse_step(const SourceText& source, int line, const std::vector<Token>& tokens);

}  // namespace timewait
