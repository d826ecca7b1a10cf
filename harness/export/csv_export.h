#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// A table for spreadsheets: one row for each time that a cell ran, CSV as in RFC 4180 (lines end
/// with CRLF). A field that a spreadsheet would take for a formula begins with an apostrophe, which
/// makes it text there.
void write_csv(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
