#include "harness/cli/run_options.h"

#include <fmt/format.h>

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "harness/base/error.h"
#include "harness/cli/isolation_option.h"
#include "harness/cli/page_output.h"
#include "harness/cli/step_by_step.h"
#include "harness/cli/trace_output.h"
#include "harness/export/exporter.h"
#include "harness/run/open_files.h"

namespace timewait {
namespace {

constexpr int kMostJobs = 1000;
constexpr int kMostRepeats = 10'000'000;
constexpr double kLeastSeconds = 0.01;
constexpr double kMostSeconds = 86'400;

Duration seconds(double value) {
  // CLI::Range lets "nan" through: it is neither too small nor too large.
  if (std::isnan(value)) throw BadInput("a time limit must be a number of seconds");
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value));
}

void add_selection(CLI::App& command, RunOptions& options) {
  command
      .add_option("names", options.names,
                  "scenarios, cells (SCENARIO/CELL) or files; else all that are not slow")
      ->type_name("NAME");
  command.add_option("--tag", options.tag, "only scenarios with this tag");
  command.add_option("--jobs", options.jobs, "cells at a time (default: one for each core)")
      ->check(CLI::Range(1, kMostJobs));
  command.add_option("--repeat", options.repeat, "run every cell so many times")
      ->check(CLI::Range(1, kMostRepeats))
      ->capture_default_str();
  command
      .add_option(
          "--shard", options.shard,
          "only the Ith of N equal parts of the cells, counted from 1: 2/3; `timewait merge` "
          "joins them")
      ->type_name("I/N");
}

void add_output(CLI::App& command, RunOptions& options) {
  command
      .add_option("--out", options.out,
                  "where records.jsonl and run.json go, from the current folder on; made if it is "
                  "not there")
      ->type_name("DIR")
      ->take_last()
      ->capture_default_str();
  command.add_flag("--no-out", options.no_out, "keep no records");
  command
      .add_option("--resume", options.resume,
                  "go on with the run in this folder, which was stopped or killed, as it was begun")
      ->type_name("DIR");
  std::vector<std::string> formats = exporter_names();
  formats.emplace_back("mermaid");
  command.add_option("--format", options.format, "what is printed; mermaid with --trace")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  add_page_option(command, options.html);
  command
      .add_option("--evidence", options.evidence,
                  "whose segments, tables and processes are kept: of no cell, of those that do not "
                  "pass, of all")
      ->check(CLI::IsMember({"none", "failed", "full"}))
      ->take_last()
      ->capture_default_str();
}

/// What is done with a single cell.
void add_closer_looks(CLI::App& command, RunOptions& options) {
  command.add_flag("--trace", options.trace,
                   "run one cell, the first of those named, and draw what happened");
  command.add_flag("--step", options.step,
                   "run one cell step by step; Enter goes on to the next step");
  command
      .add_option("--pcap", options.pcap, "run one cell and write its segments into a capture file")
      ->type_name("FILE");
}

/// What the programs of the cells may do.
void add_permissions(CLI::App& command, RunOptions& options) {
  command.add_flag("--no-foreign", options.no_foreign,
                   "skip cells that run other programs than those of timewait itself");
  command.add_flag("--no-limits", options.no_limits,
                   "let programs have all the memory, processes and files that you may have");
}

void add_time_limits(CLI::App& command, RunOptions& options) {
  command.add_option("--step-timeout", options.step_timeout, "seconds a step may wait")
      ->check(CLI::Range(kLeastSeconds, kMostSeconds))
      ->capture_default_str();
  command.add_option("--cell-timeout", options.cell_timeout, "seconds after which a cell is ended")
      ->check(CLI::Range(kLeastSeconds, kMostSeconds))
      ->capture_default_str();
}

void check_programs(const std::string& folder) {
  std::error_code error;
  const bool is_there = std::filesystem::exists(folder, error);
  if (error) throw BadInput(fmt::format("cannot read {}: {}", folder, error.message()));
  if (!is_there || !std::filesystem::is_directory(folder))
    throw BadInput(
        fmt::format("there are no document programs in {}; build all, or name their folder with "
                    "--programs",
                    folder));
}

}  // namespace

void add_run_options(CLI::App& command, RunOptions& options) {
  add_selection(command, options);
  add_output(command, options);
  add_closer_looks(command, options);
  add_permissions(command, options);
  add_time_limits(command, options);
  command
      .add_option("--mutate", options.mutation,
                  "break the kernel on purpose, as `timewait mutate` does")
      ->type_name("MUTATION")
      ->check(CLI::IsMember(kKernelMutations.name_list()));
  add_isolation_option(command, options.isolation);
  add_location_options(command, options.locations);
  add_language_option(command, options.language);
}

void check_options(const RunOptions& options) {
  check_programs(options.locations.programs);
  if (options.format == "mermaid" && !options.trace)
    throw BadInput("--format mermaid draws one cell: say --trace, too");
  if (options.trace && !kTraceFormats.find(options.format))
    throw BadInput(fmt::format("--trace draws one cell as {}, not as {}", kTraceFormats.names(),
                               options.format));
  if (options.is_about_one_cell() && options.repeat > 1)
    throw BadInput("--trace, --step and --pcap are about one run of one cell; leave --repeat out");
  if (options.is_about_one_cell() && options.shard)
    throw BadInput("--trace, --step and --pcap are about one cell; leave --shard out");
  if (!options.pcap.empty()) check_writable(options.pcap);
  check_open_files(options.jobs);
}

std::optional<Shard> shard_asked_for(const RunOptions& options) {
  if (const char* status_file = std::getenv("GTEST_SHARD_STATUS_FILE"))
    if (!std::ofstream(status_file, std::ios::app))
      throw BadInput(fmt::format("cannot write GTEST_SHARD_STATUS_FILE={}: {}", status_file,
                                 std::strerror(errno)));
  if (options.shard) return parse_shard(*options.shard);
  if (options.is_about_one_cell()) return std::nullopt;
  return shard_of_gtest(std::getenv("GTEST_TOTAL_SHARDS"), std::getenv("GTEST_SHARD_INDEX"));
}

RunSettings settings_of(const RunOptions& options, Isolation isolation) {
  RunSettings settings{.isolation = isolation,
                       .evidence = *kEvidenceLevels.find(options.evidence),
                       .programs = options.locations.programs,
                       .step_patience = seconds(options.step_timeout),
                       .cell_limit = seconds(options.cell_timeout),
                       .has_limits = !options.no_limits,
                       .runs_foreign = !options.no_foreign};
  settings.mutation = kKernelMutations.find(options.mutation);
  if (options.is_about_one_cell()) settings.evidence = EvidenceLevel::full;
  if (!options.step) return settings;
  settings.watch = step_by_step();
  settings.cell_limit = seconds(kMostSeconds);  // whoever watches may take their time
  return settings;
}

}  // namespace timewait
