#include "harness/report/run_merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/report/run_facts.h"

namespace timewait {
namespace {

/// A run that was split.
struct SplitRun {
  int shards = 0;
  int cells = 0;  ///< of all shards
  std::string selection;

  auto operator<=>(const SplitRun&) const = default;
};

/// The shards there are of each.
using SplitRuns = std::map<SplitRun, std::set<int>>;

SplitRuns split_runs(const std::vector<MergedRun>& runs) {
  SplitRuns split;
  for (const MergedRun& run : runs)
    for (const RunShard& one : run.summary.shards)
      split[{one.shard.count, one.cells_in_all, one.selection}].insert(one.shard.index);
  return split;
}

bool is_complete(int count, const std::set<int>& indices) {
  return static_cast<int>(indices.size()) == count;
}

void add(RunSummary& all, const RunSummary& one) {
  if (all.isolation_refusals.empty()) all.isolation_refusals = one.isolation_refusals;
  if (all.capture_trouble.empty()) all.capture_trouble = one.capture_trouble;
  all.sees_options = all.sees_options && one.sees_options;
  all.jobs = std::max(all.jobs, one.jobs);
  all.cells += one.cells;
  all.not_run += one.not_run;
  all.wall_time += one.wall_time;
  for (const auto& [tag, cells] : one.left_out)
    all.left_out[tag] = std::max(all.left_out[tag], cells);
}

[[noreturn]] void refuse(const std::string& first, const std::string& second,
                         const Change& difference) {
  throw BadInput(fmt::format("{} and {} cannot be merged: {} is {} in the first, {} in the second",
                             first, second, difference.what, difference.before, difference.after));
}

}  // namespace

void check_same_conditions(const std::vector<MergedRun>& runs) {
  for (const MergedRun& run : runs) {
    const auto found = differences(facts_of(runs.front().summary), facts_of(run.summary));
    if (!found.empty()) refuse(runs.front().name, run.name, found.front());
  }
}

std::vector<Shard> missing_shards(const std::vector<MergedRun>& runs) {
  std::vector<Shard> missing;
  for (const auto& [run, indices] : split_runs(runs))
    for (int index = 1; index <= run.shards; ++index)
      if (!indices.contains(index)) missing.push_back({.index = index, .count = run.shards});
  return missing;
}

RunSummary merged_summary(const std::vector<MergedRun>& runs) {
  RunSummary all = runs.front().summary;
  all.shards.clear();
  for (auto run = runs.begin() + 1; run != runs.end(); ++run) add(all, run->summary);
  for (const auto& [run, indices] : split_runs(runs)) {
    if (is_complete(run.shards, indices)) continue;
    for (const int index : indices)
      all.shards.push_back({.shard = {.index = index, .count = run.shards},
                            .cells_in_all = run.cells,
                            .selection = run.selection});
  }
  return all;
}

void MergedCells::add(const std::string& run, const Record& record) {
  const std::string cell = fmt::format("{}/{}", record.scenario, cell_name(record.point));
  const std::string outcome = record.outcome ? record.outcome->text() : "without an outcome";
  results_[cell][run].insert(fmt::format("{} {}", kVerdicts.name(record.verdict), outcome));
}

void MergedCells::check_agreement() const {
  for (const auto& [cell, runs] : results_)
    for (const auto& [run, results] : runs)
      if (results != runs.begin()->second)
        refuse(runs.begin()->first, run,
               {.what = cell,
                .before = fmt::format("{}", fmt::join(runs.begin()->second, " or ")),
                .after = fmt::format("{}", fmt::join(results, " or "))});
}

}  // namespace timewait
