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
#include "harness/cli/step_by_step.h"
#include "harness/cli/trace_output.h"
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
  std::string evidence = "failed";
  bool trace = false;
  bool step = false;
  std::string pcap;
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

/// --trace, --step and --pcap are about a single cell.
bool is_about_one_cell(const RunOptions& options) {
  return options.trace || options.step || !options.pcap.empty();
}

RunSettings settings_of(const RunOptions& options, Isolation isolation) {
  RunSettings settings{.isolation = isolation,
                       .evidence = *kEvidenceLevels.find(options.evidence),
                       .programs = options.locations.programs,
                       .step_patience = seconds(options.step_timeout),
                       .cell_limit = seconds(options.cell_timeout)};
  if (is_about_one_cell(options)) settings.evidence = EvidenceLevel::full;
  if (!options.step) return settings;
  settings.watch = step_by_step();
  settings.cell_limit = seconds(kMostSeconds);  // whoever watches may take their time
  return settings;
}

/// Says what cannot be meant together. Throws BadInput.
void check_options(const RunOptions& options) {
  if (!std::filesystem::is_directory(options.locations.programs))
    throw BadInput(
        fmt::format("there are no document programs in {}; build all, or name their folder "
                    "with --programs",
                    options.locations.programs));
  if (options.format == "mermaid" && !options.trace)
    throw BadInput("--format mermaid draws one cell: say --trace, too");
  if (is_about_one_cell(options) && options.repeat > 1)
    throw BadInput("--trace, --step and --pcap are about one run of one cell; leave --repeat out");
}

/// A run: what it was asked to do, what came of it and where it is kept.
class Run {
 public:
  Run(const RunOptions& options, std::vector<SelectedCell> cells, RunSettings settings,
      RunSummary summary)
      : options_(options),
        cells_(std::move(cells)),
        settings_(std::move(settings)),
        summary_(std::move(summary)) {}

  int go() {
    play();
    spdlog::info("records are in {}", options_.out);
    if (is_about_one_cell(options_))
      show_one_cell();
    else
      print_results(*kOutputFormats.find(options_.format), matrix_, summary_,
                    [&](const auto& take) { store_->for_each(take); });
    return matrix_.exit_code();
  }

 private:
  void play() {
    matrix_ = empty_matrix(cells_);
    const auto jobs = repeated(cells_, options_.repeat);
    const bool keeps_records =
        !options_.no_out || options_.format == "json" || is_about_one_cell(options_);
    if (keeps_records) store_.emplace(options_.no_out ? std::string() : options_.out);
    const auto start = Clock::now();
    {
      Progress progress(options_.step ? 0 : jobs.size());
      const auto keep = [&](std::size_t index, const std::string& record) {
        matrix_.add(cell_result_of(read_record(record)));
        if (store_) store_->append(index, record);
        progress.advance(jobs[index].scenario->name);
      };
      run_cells(jobs, summary_.jobs, settings_, keep,
                [&](const WaitingCells& now) { progress.waiting(now.count, now.left); });
    }
    summary_.wall_time =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    summary_.cells = matrix_.counts().all();
    if (store_) store_->finish();
    if (!options_.no_out)
      replace_file(options_.out + "/run.json", to_json(summary_, totals_of(matrix_)));
  }

  void show_one_cell() {
    Record record;
    store_->for_each([&](const std::string& line) { record = read_record(line); });
    if (!options_.pcap.empty()) write_capture(options_.pcap, record);
    if (options_.trace)
      print_trace(*kTraceFormats.find(options_.format), record);
    else
      print_results(*kOutputFormats.find(options_.format), matrix_, summary_,
                    [&](const auto& take) { store_->for_each(take); });
  }

  const RunOptions& options_;
  std::vector<SelectedCell> cells_;
  RunSettings settings_;
  RunSummary summary_;
  Matrix matrix_;
  std::optional<RecordStore> store_;
};

int run(const RunOptions& options) {
  check_options(options);
  std::vector<std::string> names = options.names;
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, names);
  auto cells = select_cells(scenarios, names, options.tag);
  if (is_about_one_cell(options)) cells.resize(1);
  const IsolationProbe probe = probe_isolation();
  if (!probe.rung) {
    fmt::print(stderr, "timewait: cannot run here: {}\n", probe.refusals);
    return kCannotRunHere;
  }
  RunSummary summary = describe(probe, options.jobs);
  summary.left_out = left_out_cells(scenarios, names, options.tag);
  return Run(options, std::move(cells), settings_of(options, *probe.rung), summary).go();
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
      ->take_last()
      ->capture_default_str();
  command->add_flag("--no-out", options->no_out, "keep no records");
  command->add_option("--format", options->format, "what is printed; mermaid with --trace")
      ->check(CLI::IsMember({"text", "json", "mermaid"}))
      ->capture_default_str();
  command
      ->add_option(
          "--evidence", options->evidence,
          "whose segments, tables and processes are kept: of no cell, of those that do not "
          "pass, of all")
      ->check(CLI::IsMember({"none", "failed", "full"}))
      ->take_last()
      ->capture_default_str();
  command->add_flag("--trace", options->trace,
                    "run one cell, the first of those named, and draw what happened");
  command->add_flag("--step", options->step,
                    "run one cell step by step; Enter goes on to the next step");
  command
      ->add_option("--pcap", options->pcap,
                   "run one cell and write its segments into a capture file")
      ->type_name("FILE");
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
