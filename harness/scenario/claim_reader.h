#pragma once

#include <string>
#include <vector>

#include "harness/scenario/claim.h"
#include "harness/scenario/scenario.h"
#include "harness/scenario/source_text.h"

namespace timewait {

/// Reads and checks the file of the claims. Every cell that it names must be one of `scenarios`,
/// and must be able to give what is claimed of it. Throws ScenarioError for whatever does not fit.
std::vector<Claim> read_claims(const SourceText& source, const std::vector<Scenario>& scenarios);

}  // namespace timewait
