#pragma once

#include <vector>

#include "harness/scenario/source_text.h"
#include "harness/scenario/translation.h"

namespace timewait {

/// Reads and checks the texts of another language. Throws ScenarioError for a theme, a scenario or
/// a claim that there is not, for a text that is missing or too many, and for unknown keys.
Translation read_translation(const SourceText& source, const std::vector<Scenario>& scenarios,
                             const std::vector<Claim>& claims);

}  // namespace timewait
