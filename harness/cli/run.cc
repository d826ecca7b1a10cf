#include <fmt/format.h>
#include <sched.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/cli/output_format.h"
#include "harness/kernel/release.h"
#include "harness/report/progress.h"
#include "harness/run/cell_pool.h"
#include "harness/run/record_json.h"
#include "harness/run/record_store.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

constexpr int kCannotRunHere = 77;
constexpr int kMostJobs = 1000;
constexpr int kMostRepeats = 10'000'000;
constexpr double kLeastSeconds = 0.01;
constexpr double kMostSeconds = 86'400;

struct RunOptions {
  Locations locations = default_locations();
  std::vector<std::string> names;
  std::string tag;
  int jobs = 0;  ///< 0: one for each core
  int repeat = 1;
  std::string out = "results/run/latest";
  bool no_out = false;
  std::string format = "text";
  double step_timeout = 10;
  double cell_timeout = 60;
};

/// The cores that this process may use.
int core_count() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  check(::sched_getaffinity(0, sizeof cores, &cores), "sched_getaffinity()");
  return CPU_COUNT(&cores);
}

Duration seconds(double value) {
  // CLI::Range lets "nan" through: it is neither too small nor too large.
  if (std::isnan(value)) throw BadInput("a time limit must be a number of seconds");
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value));
}

std::vector<CellJob> repeated(const std::vector<SelectedCell>& cells, int times) {
  std::vector<CellJob> jobs;
  for (int i = 0; i < times; ++i)
    for (const SelectedCell& one : cells)
      jobs.push_back({.scenario = one.scenario, .cell = one.cell});
  return jobs;
}

Matrix empty_matrix(const std::vector<SelectedCell>& cells) {
  Matrix matrix;
  for (const auto& [scenario, cell] : cells)
    matrix.expect({.scenario = scenario->name,
                   .theme = scenario->theme,
                   .title = scenario->title,
                   .point = cell->point});
  return matrix;
}

RunSummary describe(const IsolationProbe& probe, int jobs) {
  return {.kernel = kernel_release(),
          .isolation = std::string(kIsolations.name(*probe.rung)),
          .isolation_refusals = probe.refusals,
          .sees_options = probe.sees_options,
          .sysctls = probe.sysctls,
          .version = TIMEWAIT_VERSION,
          .jobs = jobs > 0 ? jobs : core_count()};
}

int run(const RunOptions& options) {
  if (!std::filesystem::is_directory(options.locations.programs))
    throw BadInput(
        fmt::format("there are no document programs in {}; build all, or name their folder "
                    "with --programs",
                    options.locations.programs));
  std::vector<std::string> names = options.names;
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, names);
  const auto cells = select_cells(scenarios, names, options.tag);
  const IsolationProbe probe = probe_isolation();
  if (!probe.rung) {
    fmt::print(stderr, "timewait: cannot run here: {}\n", probe.refusals);
    return kCannotRunHere;
  }

  const auto jobs = repeated(cells, options.repeat);
  const RunSettings settings{.isolation = *probe.rung,
                             .programs = options.locations.programs,
                             .step_patience = seconds(options.step_timeout),
                             .cell_limit = seconds(options.cell_timeout)};
  RunSummary summary = describe(probe, options.jobs);
  Matrix matrix = empty_matrix(cells);
  const bool keeps_records = !options.no_out || options.format == "json";
  std::optional<RecordStore> store;
  if (keeps_records) store.emplace(options.no_out ? std::string() : options.out);
  const auto start = Clock::now();
  {
    Progress progress(jobs.size());
    const auto keep = [&](std::size_t index, const std::string& record) {
      matrix.add(read_cell_result(record));
      if (store) store->append(index, record);
      progress.advance(jobs[index].scenario->name);
    };
    run_cells(jobs, summary.jobs, settings, keep,
              [&](const WaitingCells& now) { progress.waiting(now.count, now.left); });
  }
  summary.left_out = left_out_cells(scenarios, names, options.tag);
  summary.wall_time = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
  if (store) store->finish();
  summary.cells = matrix.counts().all();
  if (!options.no_out) replace_file(options.out + "/run.json", to_json(summary, totals_of(matrix)));
  spdlog::info("records are in {}", options.out);
  print_results(*kOutputFormats.find(options.format), matrix, summary,
                [&](const auto& take) { store->for_each(take); });
  return matrix.exit_code();
}

}  // namespace

void add_run_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "run cells and print their matrix");
  command
      ->add_option("names", options->names,
                   "scenarios, cells (SCENARIO/CELL) or files; else all that are not slow")
      ->type_name("NAME");
  command->add_option("--tag", options->tag, "only scenarios with this tag");
  command->add_option("--jobs", options->jobs, "cells at a time (default: one for each core)")
      ->check(CLI::Range(1, kMostJobs));
  command->add_option("--repeat", options->repeat, "run every cell so many times")
      ->check(CLI::Range(1, kMostRepeats))
      ->capture_default_str();
  command->add_option("--out", options->out, "where records.jsonl and run.json go")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_flag("--no-out", options->no_out, "keep no records");
  command->add_option("--format", options->format, "what is printed")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--step-timeout", options->step_timeout, "seconds a step may wait")
      ->check(CLI::Range(kLeastSeconds, kMostSeconds))
      ->capture_default_str();
  command
      ->add_option("--cell-timeout", options->cell_timeout, "seconds after which a cell is ended")
      ->check(CLI::Range(kLeastSeconds, kMostSeconds))
      ->capture_default_str();
  add_location_options(*command, options->locations);
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace timewait
