#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/finding.h"
#include "harness/explore/script_source.h"

namespace timewait {

/// What came of a number of scripts.
struct Tally {
  std::uint64_t scripts = 0;
  std::uint64_t calls = 0;  ///< whose answers were compared
  std::uint64_t disagreements = 0;
  std::uint64_t unstable = 0;  ///< scripts to which the kernel does not always answer the same
  RuleCounts decided{};
  std::vector<Finding> findings;  ///< some of the disagreements, the first ones
  std::vector<Finding> wavering;  ///< some of the unstable ones

  void add(const Tally& other);
};

/// Plays the scripts of a batch on the kernel, in a network namespace that is fresh and the
/// caller's own. What disagrees is played again and again: it counts only when it does so each
/// time.
Tally play_batch(const ScriptSource& source, std::size_t batch);

/// A tally as text, for a pipe, and back.
std::string to_json(const Tally& tally);
Tally read_tally(const std::string& text);

}  // namespace timewait
