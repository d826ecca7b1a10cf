#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "harness/cli/locations.h"
#include "harness/export/exporter.h"
#include "harness/page/page_sources.h"

namespace timewait {

/// Adds --html to a command.
void add_page_option(CLI::App& command, std::string& path);

/// The page that --html asks for, besides what is printed.
class PageOutput {
 public:
  /// With an empty `path` there is none. Reads what the page needs besides the records: the
  /// scenarios and claims of the folder, and the scenario files among `names`. Throws BadInput when
  /// no file can be written at `path`, or for a file that cannot be read.
  PageOutput(std::string path, const Locations& locations,
             const std::vector<std::string>& names = {});

  /// Writes the page, in one go, and says where. Throws BadInput when it cannot be written.
  void write(const RunResults& results) const;

 private:
  std::string path_;
  PageSources sources_;
};

}  // namespace timewait
