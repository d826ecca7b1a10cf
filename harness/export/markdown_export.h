#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// GitHub does not show a job summary that is larger than 1 MiB. Where more is to be said, ladders
/// are left out first, then cells that did not pass, and the page says how many.
inline constexpr std::size_t kMostMarkdown = std::size_t{1024} * 1024;

/// A page that GitHub renders: totals, a table for each scenario, and the cells that did not pass
/// with their reasons, explanations and ladders.
void write_markdown(const RunResults& results, const TextStyle& style, const Sink& sink);

}  // namespace timewait
