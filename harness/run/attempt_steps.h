#pragma once

#include <span>

#include "harness/run/record.h"
#include "harness/run/scene.h"

namespace timewait {

/// Looks at the socket table until all of `preconditions` hold in one and the same look, or the
/// patience of the scene is over, and records the last look either way.
void look_for_preconditions(Scene& scene, std::span<const Step> preconditions, const Step& attempt,
                            Record& record);

/// Makes the attempt and records its calls, its outcome and the table right after it.
void play_attempt(Scene& scene, const Step& step, Record& record);

}  // namespace timewait
