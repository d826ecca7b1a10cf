#pragma once

#include "harness/run/record.h"
#include "harness/run/run_settings.h"
#include "harness/run/scene.h"

namespace timewait {

/// How long the repeated attempt of `cell` goes on at most, tolerances aside, and its steps wait
/// for timers; zero when it does neither.
Duration longest_wait_of(const Cell& cell);

/// After this a cell is ended: the limit of the run, and the time for which its attempt is
/// repeated and its steps wait for timers.
Duration cell_limit_of(const Cell& cell, const RunSettings& settings);

/// Makes the attempt again and again until it gives something else than at first or its time is
/// over, and records what the clock, the table and the last attempt said. Once only when the
/// preconditions were not seen: there is nothing to wait for.
void repeat_attempt(Scene& scene, const Step& step, Record& record);

}  // namespace timewait
