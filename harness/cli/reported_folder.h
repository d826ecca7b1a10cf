#pragma once

#include <string>

#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"

namespace timewait {

/// What was asked of `timewait report`.
struct ReportOptions {
  Locations locations = default_locations();
  std::string directory;
  std::string format = "text";
  std::string html;
  std::string language = default_language();
};

/// Prints the records in a folder again and returns the exit code that they stand for: 3 at least
/// when the run is not whole. Throws BadInput with the place of what cannot be read.
int report_folder(const ReportOptions& options);

}  // namespace timewait
