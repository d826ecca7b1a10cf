#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/run/record.h"

namespace timewait {

/// What two runs of a cell can differ in.
enum class CellAspect { verdict, outcome, expected, predicted, seen, states };

inline constexpr auto kCellAspects = enum_table<CellAspect>({
    {CellAspect::verdict, "verdict"},
    {CellAspect::outcome, "outcome"},
    {CellAspect::expected, "expected"},
    {CellAspect::predicted, "predicted"},
    {CellAspect::seen, "seen"},
    {CellAspect::states, "states"},
});

/// What of a cell is the same whenever it runs on the same kernel: no times, no ports of the
/// kernel's choice, no processes.
struct ReferenceCell {
  std::string scenario;
  Point point;
  Verdict verdict = Verdict::pass;
  std::string outcome;  ///< empty when the attempt gave none
  std::string expected;
  std::string predicted;            ///< empty where the model predicts nothing
  std::vector<std::string> seen;    ///< by the preconditions: "server TIME_WAIT"
  std::vector<std::string> states;  ///< on the attempted port right before the attempt, sorted
  std::map<CellAspect, std::set<std::string>> varies;  ///< what its runs gave where they differ

  /// "SCENARIO/CELL".
  std::string name() const;

  /// What its runs gave: one text unless it varies.
  std::set<std::string> values(CellAspect aspect) const;

  bool operator==(const ReferenceCell&) const = default;
};

/// What of a record is the same on each run. A port of the range from which the kernel chooses
/// (net.ipv4.ip_local_port_range of a new network) that the script does not name is "*".
ReferenceCell reference_cell_of(const Record& record);

/// The cells of a run in the order in which they come first. A cell that ran often is its worst run
/// and says what varied.
class ReferenceCells {
 public:
  void add(const Record& record);

  const std::vector<ReferenceCell>& cells() const { return cells_; }

 private:
  std::vector<ReferenceCell> cells_;
  std::map<std::string, std::size_t> places_;  ///< by name
};

}  // namespace timewait
