#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// Prints a run on standard output in the format of that name.
void print_results(const std::string& format, const RunResults& results, const TextStyle& style);

}  // namespace timewait
