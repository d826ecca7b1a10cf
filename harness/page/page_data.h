#pragma once

#include <string>

#include "harness/export/exporter.h"
#include "harness/page/page_sources.h"

namespace timewait {

inline constexpr std::string_view kPageSchema = "timewait.page/1";

/// All that the page shows of a run, as JSON that may stand in a <script> (in_script_block()). The
/// records are taken one after the other, and depend on nothing else: the same give the same text.
/// A cell that ran more than once is shown by the first run with its verdict.
std::string page_data(const RunResults& results, const PageSources& sources);

}  // namespace timewait
