#pragma once

#include "harness/export/exporter.h"

namespace timewait {

/// The date that SOURCE_DATE_EPOCH gives what is exported; nothing when it is not set. Throws
/// BadInput when it is no number of seconds.
std::optional<std::chrono::sys_seconds> source_date();

/// Prints a run on standard output in the format of that name, and, as a step of GitHub Actions,
/// annotations on standard error.
void print_results(const std::string& format, const RunResults& results, const TextStyle& style);

}  // namespace timewait
