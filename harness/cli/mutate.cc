#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/explore/random_scripts.h"
#include "harness/explore/rule_hunt.h"
#include "harness/kernel/release.h"
#include "harness/report/mutation_text.h"
#include "harness/report/progress.h"
#include "harness/report/rule_hunt_text.h"
#include "harness/run/cell_pool.h"
#include "harness/run/record_json.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

constexpr int kMostJobs = 1000;
constexpr double kLeastSeconds = 0.01;
constexpr double kMostSeconds = 3600;

struct MutateOptions {
  Locations locations = default_locations();
  std::vector<std::string> names;
  bool kernel = false;
  bool model = false;
  std::size_t budget = 40'000;
  std::vector<std::string> only;
  int jobs = 2;
  double step_timeout = 1;
  std::string format = "text";
};

bool is_wanted(const MutateOptions& options, std::string_view name) {
  return options.only.empty() || std::ranges::find(options.only, name) != options.only.end();
}

std::vector<KernelMutation> mutations_of(const MutateOptions& options) {
  std::vector<KernelMutation> mutations;
  for (const auto& [mutation, name] : kKernelMutations.rows())
    if (is_wanted(options, name)) mutations.push_back(mutation);
  return mutations;
}

RunSettings settings_of(const MutateOptions& options, const IsolationProbe& probe) {
  if (!probe.rung) throw CannotRunHere(probe.refusals);
  return {.isolation = *probe.rung,
          .evidence = EvidenceLevel::none,
          .programs = options.locations.programs,
          .step_patience = std::chrono::duration_cast<Duration>(
              std::chrono::duration<double>(options.step_timeout))};
}

/// Runs the jobs and returns their records in their order.
std::vector<Record> records_of(const std::vector<CellJob>& jobs, int parallel,
                               const RunSettings& settings, Progress& progress) {
  std::vector<Record> records(jobs.size());
  run_cells(jobs, parallel, settings, [&](std::size_t index, const std::string& line) {
    records[index] = read_record(line);
    progress.advance(jobs[index].scenario->name);
  });
  return records;
}

RedCell red_cell(const Record& record, bool may_show) {
  return {.scenario = record.scenario,
          .cell = cell_name(record.point),
          .by = caught_by(record),
          .outcome = record.outcome ? record.outcome->text() : std::string(),
          .reason = record.reason,
          .may_show = may_show};
}

/// `sees_options`: the kernel lets us read the options of other processes' sockets.
MutationResult compare(KernelMutation mutation, const std::vector<CellJob>& jobs,
                       const std::vector<Record>& records, bool sees_options) {
  const KernelTraits traits = traits_of(kernel_version());
  MutationResult result{.mutation = mutation};
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const MutationEffect effect = effect_of(mutation, *jobs[i].cell, traits, sees_options);
    if (records[i].verdict == Verdict::skip) throw CannotRunHere(records[i].reason);
    ++(effect.may_show ? result.affected : result.others);
    if (records[i].verdict != Verdict::pass)
      result.red.push_back(red_cell(records[i], effect.may_show));
    else if (effect.must_show)
      result.missed.push_back(records[i].scenario + "/" + cell_name(records[i].point));
  }
  return result;
}

/// The jobs whose cells pass on this kernel as it is.
std::vector<CellJob> passing(const std::vector<CellJob>& jobs, const std::vector<Record>& records) {
  std::vector<CellJob> good;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    if (records[i].verdict == Verdict::pass) good.push_back(jobs[i]);
  if (good.empty()) throw BadInput("none of these cells passes on this kernel as it is");
  return good;
}

std::vector<MutationResult> results_of(const MutateOptions& options,
                                       const std::vector<SelectedCell>& cells) {
  std::vector<CellJob> jobs;
  for (const auto& [scenario, cell] : cells) jobs.push_back({.scenario = scenario, .cell = cell});
  const std::vector<KernelMutation> mutations = mutations_of(options);
  Progress progress(jobs.size() * (mutations.size() + 1));
  const IsolationProbe probe = probe_own_network();
  RunSettings settings = settings_of(options, probe);
  jobs = passing(jobs, records_of(jobs, options.jobs, settings, progress));
  std::vector<MutationResult> results;
  for (const KernelMutation mutation : mutations) {
    settings.mutation = mutation;
    results.push_back(compare(mutation, jobs, records_of(jobs, options.jobs, settings, progress),
                              probe.sees_options));
  }
  return results;
}

/// All cells, also the slow ones: to predict them takes no time.
std::vector<SelectedCell> all_cells(const std::vector<Scenario>& scenarios) {
  std::vector<SelectedCell> cells;
  for (const Scenario& scenario : scenarios)
    for (const Cell& cell : scenario.cells) cells.push_back({.scenario = &scenario, .cell = &cell});
  return cells;
}

/// Breaks one rule of the model after the other. Prints each as soon as it is known.
bool catches_all_rules(const MutateOptions& options, const std::vector<SelectedCell>& cells,
                       const TextStyle& style) {
  const IsolationProbe probe = probe_own_network();
  if (!probe.rung) throw CannotRunHere(probe.refusals);
  const RuleHunter hunter({.isolation = *probe.rung, .jobs = options.jobs}, options.budget, cells,
                          traits_of(kernel_version()));
  std::vector<RuleHunt> hunts;
  for (const RuleRow& row : rule_table()) {
    if (!is_wanted(options, row.name)) continue;
    hunts.push_back(hunter.hunt(row.rule));
    fmt::print("{}", rule_hunt_text(hunts.back(), style));
    std::fflush(stdout);
  }
  if (!hunts.empty()) fmt::print("{}", rule_hunts_summary(hunts, style));
  return std::ranges::all_of(hunts, &RuleHunt::is_caught);
}

bool turns_red_where_it_should(const MutateOptions& options, const std::vector<SelectedCell>& cells,
                               const TextStyle& style) {
  const auto results = results_of(options, cells);
  fmt::print("{}",
             options.format == "json" ? mutation_json(results) : mutation_text(results, style));
  return std::ranges::all_of(results, &MutationResult::is_good);
}

/// What is asked for must be something that is done.
void check_options(const MutateOptions& options) {
  const bool both = options.kernel == options.model;
  if (options.format == "json" && (both || options.model))
    throw BadInput("--format json is for --kernel alone");
  const auto wants = [&](const auto& names) {
    return std::ranges::any_of(names,
                               [&](std::string_view name) { return is_wanted(options, name); });
  };
  std::vector<std::string_view> rules;
  for (const RuleRow& row : rule_table()) rules.push_back(row.name);
  const bool any = ((both || options.kernel) && wants(kKernelMutations.name_list())) ||
                   ((both || options.model) && wants(rules));
  if (!any) throw BadInput("--only names nothing that would be broken");
}

int mutate(const MutateOptions& options) {
  check_options(options);
  std::vector<std::string> names = options.names;
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, names);
  const auto cells = select_cells(scenarios, names, "");
  const TextStyle style = text_style_of(STDOUT_FILENO);
  const bool both = options.kernel == options.model;
  bool is_good = true;
  if (both || options.model)
    is_good = catches_all_rules(options, names.empty() ? all_cells(scenarios) : cells, style);
  if (both || options.kernel) is_good = turns_red_where_it_should(options, cells, style) && is_good;
  return is_good ? 0 : 1;
}

std::vector<std::string> mutation_names() {
  std::vector<std::string> names = kKernelMutations.name_list();
  for (const RuleRow& row : rule_table()) names.emplace_back(row.name);
  return names;
}

void add_options(CLI::App& command, MutateOptions& options) {
  command
      .add_option("names", options.names,
                  "scenarios, cells (SCENARIO/CELL) or files; else all that are not slow")
      ->type_name("NAME");
  command.add_flag("--kernel", options.kernel,
                   "only break the kernel of the sandboxes: a call of the programs does nothing");
  command.add_flag("--model", options.model, "only break the rules of the model");
  command.add_option("--budget", options.budget, "random scripts in which a rule is to be missed")
      ->check(CLI::Range(std::size_t{1}, RandomScripts::kEndless))
      ->capture_default_str();
  command.add_option("--only", options.only, "only these mutations")
      ->type_name("MUTATION")
      ->allow_extra_args(false)
      ->check(CLI::IsMember(mutation_names()));
  command.add_option("--jobs", options.jobs, "cells at a time")
      ->check(CLI::Range(1, kMostJobs))
      ->capture_default_str();
  command.add_option("--step-timeout", options.step_timeout, "seconds a step may wait")
      ->check(CLI::Range(kLeastSeconds, kMostSeconds))
      ->capture_default_str();
  command.add_option("--format", options.format, "what is printed")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  add_location_options(command, options.locations);
}

}  // namespace

void add_mutate_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<MutateOptions>();
  CLI::App* command = app.add_subcommand(
      "mutate", "break the model and the kernel on purpose and see which checks notice");
  add_options(*command, *options);
  command->callback([options, &action] { action = [options] { return mutate(*options); }; });
}

}  // namespace timewait
