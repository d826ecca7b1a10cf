#include "harness/report/run_comparison.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "harness/report/report_words.h"

namespace timewait {
namespace {

using CellsByName = std::map<std::string, const ReferenceCell*>;

CellsByName by_name(const ComparedRun& run) {
  CellsByName cells;
  for (const ReferenceCell& cell : run.cells) cells[cell.name()] = &cell;
  return cells;
}

/// "bind:EADDRINUSE or bound"; "none" for what is empty.
std::string words(const std::set<std::string>& values) {
  std::vector<std::string> all;
  for (const std::string& value : values) all.push_back(value.empty() ? "none" : value);
  return fmt::format("{}", fmt::join(all, " or "));
}

std::vector<Change> changes_of(const ReferenceCell& before, const ReferenceCell& after) {
  std::vector<Change> changes;
  for (const auto& [aspect, name] : kCellAspects.rows())
    if (before.values(aspect) != after.values(aspect))
      changes.push_back({.what = std::string(name),
                         .before = words(before.values(aspect)),
                         .after = words(after.values(aspect))});
  return changes;
}

void add(std::vector<LoneCells>& lone, const ReferenceCell& cell, const ComparedRun& other) {
  if (lone.empty() || lone.back().scenario != cell.scenario) {
    const bool whole = std::ranges::find(other.cells, cell.scenario, &ReferenceCell::scenario) ==
                       other.cells.end();
    lone.push_back({.scenario = cell.scenario, .whole_scenario = whole});
  }
  lone.back().names.push_back(cell.name());
}

void add_varying(std::vector<VaryingCell>& varying, const ComparedRun& run, bool in_second) {
  for (const ReferenceCell& cell : run.cells) {
    if (cell.varies.empty()) continue;
    varying.push_back({.name = cell.name(), .in_second = in_second});
    for (const auto& [aspect, values] : cell.varies)
      varying.back().values.emplace_back(aspect, words(values));
  }
}

}  // namespace

bool RunComparison::differs() const {
  return !changed.empty() || !added.empty() || !missing.empty();
}

RunComparison compare_runs(const ComparedRun& first, const ComparedRun& second,
                           ComparedCells which) {
  RunComparison comparison;
  if (first.facts && second.facts) comparison.facts = differences(*first.facts, *second.facts);
  const CellsByName before = by_name(first);
  const CellsByName after = by_name(second);
  const bool subset = which == ComparedCells::of_second_only;
  for (const ReferenceCell& cell : first.cells) {
    const auto found = after.find(cell.name());
    const bool lacks = found == after.end();
    if (lacks && !subset) add(comparison.missing, cell, second);
    const bool could_not_run = !lacks && found->second->verdict == Verdict::skip;
    if (subset && (lacks || (could_not_run && cell.verdict != Verdict::skip))) {
      add(comparison.left_out, cell, second);
      continue;
    }
    if (lacks) continue;
    ++comparison.in_both;
    if (auto changes = changes_of(cell, *found->second); !changes.empty())
      comparison.changed.push_back({.name = cell.name(), .changes = std::move(changes)});
  }
  for (const ReferenceCell& cell : second.cells)
    if (!before.contains(cell.name())) add(comparison.added, cell, first);
  add_varying(comparison.varying, first, false);
  add_varying(comparison.varying, second, true);
  return comparison;
}

int count(const std::vector<LoneCells>& cells) {
  int all = 0;
  for (const LoneCells& one : cells) all += static_cast<int>(one.names.size());
  return all;
}

std::string summary_line(const RunComparison& comparison) {
  const int added = count(comparison.added);
  const int missing = count(comparison.missing);
  const int left_out = count(comparison.left_out);
  std::vector<std::string> parts;
  if (!comparison.changed.empty())
    parts.push_back(fmt::format("{} changed", comparison.changed.size()));
  if (added > 0) parts.push_back(fmt::format("{} new", added));
  if (missing > 0) parts.push_back(fmt::format("{} missing", missing));
  return fmt::format(
      "{}{}{}", cell_count({}, comparison.in_both + added + missing),
      parts.empty() ? ", no change" : fmt::format(": {}", fmt::join(parts, ", ")),
      left_out == 0 ? "" : fmt::format("; {} of A did not run in B", cell_count({}, left_out)));
}

std::string run_line(const ComparedRun& run) {
  if (!run.facts) return "not known what it ran on";
  return fmt::format("Linux {}, {}, timewait {}", run.facts->kernel, run.facts->isolation,
                     run.facts->version);
}

}  // namespace timewait
