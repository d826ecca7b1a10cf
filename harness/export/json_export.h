#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// A JSON object with `run` (run.json) and `records`, each of which has a line of its own.
void write_json(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
