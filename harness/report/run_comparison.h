#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/report/reference_cell.h"
#include "harness/report/run_facts.h"

namespace timewait {

/// A run or a reference that is compared.
struct ComparedRun {
  std::string name;               ///< where it lies
  std::optional<RunFacts> facts;  ///< nothing where nobody wrote down what it ran on
  std::vector<ReferenceCell> cells;
};

/// Which cells of the first run are asked for in the second.
enum class ComparedCells {
  all,             ///< one that the second lacks is missing
  of_second_only,  ///< one that the second lacks, or could not run, is left out
};

struct ChangedCell {
  std::string name;
  std::vector<Change> changes;  ///< by aspect, in the order of kCellAspects
};

/// The cells of a scenario that only one of the runs has.
struct LoneCells {
  std::string scenario;
  std::vector<std::string> names;  ///< "SCENARIO/CELL"
  bool whole_scenario = false;     ///< the other run has no cell of it
};

/// A cell whose runs within one of the two differ.
struct VaryingCell {
  std::string name;
  bool in_second = false;
  std::vector<std::pair<CellAspect, std::string>> values;  ///< "bind:EADDRINUSE or bound"
};

/// How two runs differ.
struct RunComparison {
  std::vector<Change> facts;  ///< what they ran on, where both are known; no change of its own
  int in_both = 0;
  std::vector<ChangedCell> changed;
  std::vector<LoneCells> added;
  std::vector<LoneCells> missing;
  std::vector<LoneCells> left_out;   ///< cells of the first run that were not asked for
  std::vector<VaryingCell> varying;  ///< named whether that is a change or not

  /// True when a cell changed, is new or is missing.
  bool differs() const;
};

RunComparison compare_runs(const ComparedRun& first, const ComparedRun& second,
                           ComparedCells which);

/// How many cells these are.
int count(const std::vector<LoneCells>& cells);

/// "1348 cells, no change", "3 cells: 1 changed, 2 missing", and what was left out.
std::string summary_line(const RunComparison& comparison);

/// "Linux 6.18.44, user+net+pid namespaces, timewait 0.1.0".
std::string run_line(const ComparedRun& run);

}  // namespace timewait
