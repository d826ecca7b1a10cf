#include "harness/cli/run_setup.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/kernel/core_count.h"
#include "harness/kernel/release.h"
#include "harness/kernel/timer_wheel.h"
#include "harness/report/run_facts.h"
#include "harness/scenario/scenario_digests.h"

namespace timewait {
namespace {

RunSummary describe(const IsolationProbe& probe, int jobs) {
  return {.kernel = kernel_release(),
          .architecture = architecture(),
          .hz = ticks_per_second(),
          .isolation = std::string(kIsolations.name(*probe.rung)),
          .isolation_refusals = probe.refusals,
          .sees_options = probe.sees_options,
          .sysctls = probe.sysctls,
          .version = TIMEWAIT_VERSION,
          .jobs = jobs > 0 ? jobs : core_count()};
}

/// Of several cells only the first one can be drawn; whoever named more is told so.
void take_first(std::vector<SelectedCell>& cells) {
  const auto& [scenario, cell] = cells.front();
  if (cells.size() > 1)
    fmt::print(stderr, "timewait: this is {}/{}, the first of {} cells\n", scenario->name,
               cell_name(cell->point), cells.size());
  cells.resize(1);
}

/// Leaves of `cells` those of the shard.
RunShard take_shard(std::vector<SelectedCell>& cells, const Shard& shard) {
  RunShard part{.shard = shard,
                .cells_in_all = static_cast<int>(cells.size()),
                .selection = digest_of(cells)};
  cells = cells_of_shard(cells, shard);
  return part;
}

/// "the scenario NAME was changed", of the first that is not the same in both; else empty.
std::string changed_scenario(const RunPlan& then, const RunPlan& now) {
  for (const auto& [name, digest] : then.scenarios) {
    const auto found = now.scenarios.find(name);
    if (found == now.scenarios.end()) return fmt::format("the scenario {} is gone", name);
    if (found->second != digest) return fmt::format("the scenario {} was changed", name);
  }
  for (const auto& [name, digest] : now.scenarios)
    if (!then.scenarios.contains(name)) return fmt::format("the scenario {} is new", name);
  return {};
}

}  // namespace

std::vector<CellJob> RunSetup::jobs(int repeat) const {
  std::vector<CellJob> jobs;
  for (int i = 0; i < repeat; ++i)
    for (const SelectedCell& one : cells)
      jobs.push_back({.scenario = one.scenario, .cell = one.cell});
  return jobs;
}

RunSetup set_up_run(const RunOptions& options, const std::optional<Shard>& shard,
                    RunArguments arguments) {
  RunSetup setup;
  std::vector<std::string> names = options.names;
  setup.scenarios = load_scenarios(options.locations, names);
  setup.cells = select_cells(setup.scenarios, names, options.tag);
  if (options.is_about_one_cell()) take_first(setup.cells);
  std::vector<RunShard> shards;
  if (shard) {
    shards.push_back(take_shard(setup.cells, *shard));
    arguments["--shard"] = {shard->text()};
  }
  const IsolationProbe probe = probe_isolation(kIsolationWords.find(options.isolation));
  if (!probe.rung) throw CannotRunHere(probe.refusals);
  setup.settings = settings_of(options, *probe.rung);
  RunSummary run = describe(probe, options.jobs);
  if (!options.mutation.empty()) run.kernel += ", broken by " + options.mutation;
  run.shards = std::move(shards);
  run.left_out = left_out_cells(setup.scenarios, names, options.tag);
  setup.plan = {.run = std::move(run),
                .cells = static_cast<int>(setup.cells.size()) * options.repeat,
                .scenarios = scenario_digests(setup.cells),
                .arguments = std::move(arguments)};
  return setup;
}

void check_same_run(const std::string& directory, const RunPlan& then, const RunPlan& now) {
  const auto changes = differences(facts_of(then.run), facts_of(now.run));
  const std::string change =
      changes.empty() ? changed_scenario(then, now)
                      : fmt::format("{} was {} when it began and is {} now", changes.front().what,
                                    changes.front().before, changes.front().after);
  if (change.empty()) return;
  throw BadInput(
      fmt::format("{} cannot be gone on with: {}; begin a new run with --out", directory, change));
}

}  // namespace timewait
