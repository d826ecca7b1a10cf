#pragma once

#include <vector>

#include "harness/scenario/scenario.h"
#include "harness/scenario/source_text.h"

namespace timewait {

/// Checks what a single line cannot know: every actor has been introduced, the last step is the
/// only attempt, a precondition stands just before it and nowhere else, programs fit their verbs.
/// `script` is where the script begins. Returns the actors with their places in the socket table;
/// throws ScenarioError at the step that is wrong.
std::vector<Actor> check_script(const SourceText& source, Position script,
                                const std::vector<Step>& steps);

}  // namespace timewait
