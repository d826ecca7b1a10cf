#pragma once

#include <vector>

#include "harness/explore/finding.h"
#include "harness/explore/script_player.h"
#include "harness/run/isolation.h"

namespace timewait {

/// A disagreement in the smallest script that shows it.
struct SmallFinding {
  Finding finding;
  ScriptPlayer::Story story;  ///< what the kernel does with that script
  std::size_t count = 1;      ///< of how many findings it is the smallest
  bool is_stable = true;      ///< whether it shows in every fresh sandbox

  bool operator<(const SmallFinding& other) const {
    return finding.script.size() < other.finding.script.size();
  }
};

/// The smallest scripts that show these findings, the shortest first: one for each kind, of at most
/// `most` kinds, each tried in sandboxes of its own.
std::vector<SmallFinding> smallest(const std::vector<Finding>& findings, std::size_t most,
                                   const ModelSettings& model, Isolation isolation);

}  // namespace timewait
