#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/run/record.h"
#include "harness/run/run_summary.h"

namespace timewait {

/// A run that is to be joined with others.
struct MergedRun {
  std::string name;  ///< where it lies
  RunSummary summary;
};

/// Throws BadInput, naming both, when two runs were not made under the same conditions: kernel,
/// sysctls, isolation and version of timewait must be one.
void check_same_conditions(const std::vector<MergedRun>& runs);

/// The shards of a run that was split which none of `runs` has.
std::vector<Shard> missing_shards(const std::vector<MergedRun>& runs);

/// What is true of all `runs` as one. Records add up and so does the time, as if they had run one
/// after the other; `jobs` is the highest. Of shards only those remain whose run is not complete.
RunSummary merged_summary(const std::vector<MergedRun>& runs);

/// What each run gave for each cell.
class MergedCells {
 public:
  void add(const std::string& run, const Record& record);

  /// Throws BadInput, naming cell and runs, when two of them do not have the same outcomes and
  /// verdicts of a cell.
  void check_agreement() const;

 private:
  using Results = std::set<std::string>;

  std::map<std::string, std::map<std::string, Results>> results_;  ///< by cell, then by run
};

}  // namespace timewait
