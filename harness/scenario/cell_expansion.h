#pragma once

#include "harness/scenario/scenario.h"
#include "harness/scenario/text_block.h"

namespace timewait {

/// Fills `scenario.cells`: one cell for each point of its variations, the script with its `{...}`
/// replaced and read, the expectation assigned, and the promise
/// where there is one (`promised` may be null). Throws ScenarioError at the first place that is
/// wrong in any cell.
void expand_cells(const SourceText& source, const TextBlock& script, const TextBlock& expect,
                  const TextBlock* promised, Scenario& scenario);

}  // namespace timewait
