#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/exploration.h"
#include "harness/explore/smallest.h"
#include "harness/model/prediction.h"
#include "harness/scenario/selection.h"

namespace timewait {

/// Where it shows that a rule is missing in the model.
struct RuleHunt {
  Rule rule = Rule::both_reuseaddr;
  std::uint64_t scripts = 0;          ///< random ones that were played
  std::optional<SmallFinding> found;  ///< the smallest of those on which the kernel disagrees
  std::string cell;                   ///< else a cell for which the model then says something else

  bool is_caught() const { return found || !cell.empty(); }
};

/// Breaks one rule of the model after the other and looks where that shows: in random scripts that
/// are played on the kernel, at most `budget` of them, or else in what is predicted for cells.
class RuleHunter {
 public:
  RuleHunter(ExploreSettings settings, std::size_t budget, const std::vector<SelectedCell>& cells,
             const KernelTraits& traits);

  RuleHunt hunt(Rule rule) const;

 private:
  struct Known {
    SelectedCell cell;
    Prediction prediction;
  };

  std::string cell_without(Rule rule) const;

  ExploreSettings settings_;
  std::size_t budget_;
  KernelTraits traits_;
  std::vector<Known> known_;
};

}  // namespace timewait
