#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// The matrix for a terminal, see text_report().
void write_text(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
