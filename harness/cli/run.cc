#include <fmt/format.h>
#include <sched.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/page_output.h"
#include "harness/cli/print_results.h"
#include "harness/cli/run_options.h"
#include "harness/cli/trace_output.h"
#include "harness/kernel/release.h"
#include "harness/kernel/timer_wheel.h"
#include "harness/report/progress.h"
#include "harness/run/cell_pool.h"
#include "harness/run/record_json.h"
#include "harness/run/record_store.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

constexpr int kCannotRunHere = 77;

/// The cores that this process may use.
int core_count() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  check(::sched_getaffinity(0, sizeof cores, &cores), "sched_getaffinity()");
  return CPU_COUNT(&cores);
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
          .architecture = architecture(),
          .hz = ticks_per_second(),
          .isolation = std::string(kIsolations.name(*probe.rung)),
          .isolation_refusals = probe.refusals,
          .sees_options = probe.sees_options,
          .sysctls = probe.sysctls,
          .version = TIMEWAIT_VERSION,
          .jobs = jobs > 0 ? jobs : core_count()};
}

/// A run: what it was asked to do, what came of it and where it is kept.
class Run {
 public:
  Run(const RunOptions& options, const PageOutput& page, std::vector<SelectedCell> cells,
      RunSettings settings, RunSummary summary)
      : options_(options),
        page_(page),
        style_(options.language, options.locations),
        cells_(std::move(cells)),
        settings_(std::move(settings)),
        summary_(std::move(summary)) {}

  int go() {
    play();
    spdlog::info("records are in {}", options_.out);
    show();
    return matrix_.exit_code();
  }

 private:
  void play() {
    matrix_ = empty_matrix(cells_);
    const auto jobs = repeated(cells_, options_.repeat);
    const bool keeps_records = !options_.no_out || options_.is_about_one_cell() ||
                               !options_.html.empty() ||
                               find_exporter(options_.format).needs_records;
    if (keeps_records) open_store();
    // A page of an older run must not lie beside the records of this one.
    if (!options_.no_out) std::filesystem::remove(options_.out + "/report.html");
    const auto start = Clock::now();
    {
      Progress progress(options_.step ? 0 : jobs.size());
      const auto keep = [&](std::size_t index, const std::string& record) {
        take(read_record(record));
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
      replace_file(options_.out + "/run.json", to_json(summary_, matrix_.counts().by_name()));
  }

  void open_store() try {
    store_.emplace(options_.no_out ? std::string() : options_.out);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}, or keep no records with --no-out", error.what()));
  }

  void take(const Record& record) {
    matrix_.add(cell_result_of(record));
    if (summary_.capture_trouble.empty()) summary_.capture_trouble = record.capture_trouble;
  }

  void show() {
    if (!options_.pcap.empty()) write_capture(options_.pcap, only_record());
    if (options_.trace)
      print_trace(*kTraceFormats.find(options_.format), only_record(), style_.text());
    else
      print_results(options_.format, results(), style_.text());
    page_.write(results());
  }

  RunResults results() {
    const auto for_each = [&](const RunResults::Take& take) {
      store_->for_each([&](const std::string& line) { take(read_record(line)); });
    };
    return {.matrix = matrix_, .summary = summary_, .for_each = for_each, .date = date_};
  }

  /// The record of a run of one cell.
  Record only_record() {
    Record record;
    store_->for_each([&](const std::string& line) { record = read_record(line); });
    return record;
  }

  const RunOptions& options_;
  const PageOutput& page_;
  const OutputStyle style_;
  std::vector<SelectedCell> cells_;
  RunSettings settings_;
  RunSummary summary_;
  Matrix matrix_;
  std::optional<RecordStore> store_;
  const std::optional<std::chrono::sys_seconds> date_ = source_date();
};

/// Of several cells only the first one can be drawn; whoever named more is told so.
void take_first(std::vector<SelectedCell>& cells) {
  const auto& [scenario, cell] = cells.front();
  if (cells.size() > 1)
    fmt::print(stderr, "timewait: this is {}/{}, the first of {} cells\n", scenario->name,
               cell_name(cell->point), cells.size());
  cells.resize(1);
}

/// Leaves of `cells` those of the shard; nothing when none was asked for.
std::optional<RunShard> take_shard(std::vector<SelectedCell>& cells,
                                   const std::optional<Shard>& shard) {
  if (!shard) return std::nullopt;
  RunShard part{.shard = *shard,
                .cells_in_all = static_cast<int>(cells.size()),
                .selection = digest_of(cells)};
  cells = cells_of_shard(cells, *shard);
  return part;
}

int run(const RunOptions& options) {
  check_options(options);
  const PageOutput page(options.html, options.locations, options.names);
  std::vector<std::string> names = options.names;
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, names);
  auto cells = select_cells(scenarios, names, options.tag);
  if (options.is_about_one_cell()) take_first(cells);
  const std::optional<RunShard> shard = take_shard(cells, shard_asked_for(options));
  const IsolationProbe probe = probe_isolation();
  if (!probe.rung) {
    fmt::print(stderr, "timewait: cannot run here: {}\n", probe.refusals);
    return kCannotRunHere;
  }
  RunSummary summary = describe(probe, options.jobs);
  if (!options.mutation.empty()) summary.kernel += ", broken by " + options.mutation;
  if (shard) summary.shards.push_back(*shard);
  summary.left_out = left_out_cells(scenarios, names, options.tag);
  return Run(options, page, std::move(cells), settings_of(options, *probe.rung), summary).go();
}

}  // namespace

void add_run_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand("run", "run cells and print their matrix");
  add_run_options(*command, *options);
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace timewait
