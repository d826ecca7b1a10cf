#pragma once

#include <string>

#include "harness/report/run_comparison.h"

namespace timewait {

/// Reads what `timewait compare` was given: a folder that `run --out` or `merge` wrote, a folder
/// with a reference.jsonl and perhaps facts.json, or such a file. A folder with records is read by
/// them. Throws BadInput with the place of what cannot be read.
ComparedRun load_compared_run(const std::string& path);

}  // namespace timewait
