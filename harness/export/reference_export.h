#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// JSON lines, one a cell: what is the same on each run (ReferenceCells).
void write_reference(const RunResults& results, const TextStyle& style, const Sink& sink);

/// What the run was made on, as a JSON object (RunFacts).
void write_facts(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
