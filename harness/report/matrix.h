#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "harness/run/cell_result.h"

namespace timewait {

/// From harmless to bad: the verdict of a cell that ran often is its worst.
int badness(Verdict verdict);

/// What all runs of one cell gave.
struct MatrixCell {
  Point point;
  Verdict verdict = Verdict::pass;  ///< the worst of all runs
  std::string outcome;              ///< of the first run with that verdict
  std::string measured;             ///< how long it took, if that was measured
  std::string promised;             ///< by a document; empty where it is silent
  std::string seen;                 ///< what the preconditions saw in that run
  std::string reason;
  int runs = 0;
};

/// The cells of one scenario: rows are the values of all variations but the last.
struct MatrixScenario {
  std::string name;
  std::string title;
  std::vector<std::string> row_names;  ///< names of the variations that make the rows
  std::string column_name;             ///< empty when nothing is varied
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> columns;
  std::vector<MatrixCell> cells;

  /// The cell in a row and column; null when it did not run.
  const MatrixCell* find(const std::vector<std::string>& row, const std::string& column) const;
};

struct MatrixTheme {
  std::string name;
  std::vector<MatrixScenario> scenarios;
};

/// How many results there are of each verdict.
class VerdictCounts {
 public:
  void add(Verdict verdict) { ++counts_[static_cast<std::size_t>(verdict)]; }
  int of(Verdict verdict) const { return counts_[static_cast<std::size_t>(verdict)]; }
  int all() const;

  /// Verdict -> how many, each verdict by its name.
  std::map<std::string, int> by_name() const;

 private:
  std::array<int, kVerdicts.rows().size()> counts_{};
};

/// Results in the order in which people read them: theme, scenario, row, column. It keeps one entry
/// for each cell, however often the cell ran.
class Matrix {
 public:
  /// Makes a place for a cell that will run, so that the order is that of the calls.
  void expect(const CellResult& cell) { place_of(cell); }

  void add(const CellResult& result);

  /// Takes back the places of cells that did not run.
  void drop_what_did_not_run();

  /// What all runs of the cell of `record` gave; null when there is no such cell.
  const MatrixCell* find(const Record& record) const;

  const std::vector<MatrixTheme>& themes() const { return themes_; }
  const VerdictCounts& counts() const { return counts_; }

  /// How many of those that passed were predicted by the model, too.
  int predicted() const { return predicted_; }

  /// The exit code that the results stand for: 0, 1, 3, 77 or 125. No result at all, as in a shard
  /// that got no cell, is 0.
  int exit_code() const;

 private:
  MatrixCell& place_of(const CellResult& result);

  std::vector<MatrixTheme> themes_;
  VerdictCounts counts_;
  int predicted_ = 0;
};

}  // namespace timewait
