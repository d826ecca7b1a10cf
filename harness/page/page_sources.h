#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/claim.h"
#include "harness/scenario/translation.h"

namespace timewait {

/// What the page tells of a scenario file.
struct PageScenario {
  std::string title;
  std::string teaches;
  std::vector<std::string> from;
  std::string file;  ///< "scenarios/THEME/NAME.toml"; empty for one that is not of the folder
};

/// What a page has besides the records of a run.
struct PageSources {
  std::map<std::string, PageScenario> scenarios;  ///< by name; of others the records have the title
  std::vector<Claim> claims;
  Translation chinese;
};

}  // namespace timewait
