#pragma once

#include <string>

#include "harness/export/exporter.h"
#include "harness/page/page_sources.h"

namespace timewait {

/// A run as one HTML file that needs nothing besides: style, script and data are in it, and its
/// policy allows these and nothing else.
std::string html_page(const RunResults& results, const PageSources& sources);

}  // namespace timewait
