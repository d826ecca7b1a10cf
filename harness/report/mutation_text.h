#pragma once

#include <string>
#include <vector>

#include "harness/report/text_style.h"
#include "harness/run/mutation.h"

namespace timewait {

/// A cell that passes on the real kernel and does not on the broken one.
struct RedCell {
  std::string scenario;
  std::string cell;
  CaughtBy by = CaughtBy::outcome;
  std::string outcome;  ///< of the attempt; empty when it did not come to that
  std::string reason;
  bool may_show = true;  ///< by the model the broken kernel makes a difference to it
};

/// What came of running cells on a kernel broken in one way.
struct MutationResult {
  KernelMutation mutation = KernelMutation::no_reuseaddr;
  int affected = 0;  ///< cells to which it makes a difference by the model
  int others = 0;    ///< and all else; both without what does not pass on the real kernel
  std::vector<RedCell> red;
  std::vector<std::string> missed;  ///< cells that had to turn red and did not, "SCENARIO/CELL"

  /// No check noticed anything, though there were cells to notice it.
  bool survived() const { return affected > 0 && red.empty(); }
  /// A cell turned red to which it should make no difference: not only the mutation is at work.
  bool spilled() const;
  /// Exactly such cells turned red as may and must.
  bool is_good() const { return !survived() && !spilled() && missed.empty(); }
};

/// The results for a terminal: for each mutation how many cells turned red, and which by which
/// check.
std::string mutation_text(const std::vector<MutationResult>& results, const TextStyle& style);

/// The same with every cell, as a JSON object, schema "timewait.mutations/1".
std::string mutation_json(const std::vector<MutationResult>& results);

}  // namespace timewait
