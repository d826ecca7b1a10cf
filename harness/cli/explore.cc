#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/explore/all_scripts.h"
#include "harness/explore/exploration.h"
#include "harness/explore/random_scripts.h"
#include "harness/explore/scenario_text.h"
#include "harness/kernel/core_count.h"
#include "harness/kernel/release.h"
#include "harness/report/exploration_text.h"
#include "harness/report/progress.h"
#include "harness/run/record_store.h"

namespace timewait {
namespace {

constexpr int kDisagreement = 1;
constexpr std::size_t kMostShown = 10;
constexpr std::size_t kDefaultCount = 100'000;
constexpr std::size_t kDefaultCalls = 20;
constexpr std::size_t kDefaultMoves = 4;

struct ExploreOptions {
  std::uint64_t seed = 1;
  std::size_t count = 0;
  double time = 0;
  std::size_t depth = 0;
  bool exhaustive = false;
  int jobs = 0;
  std::vector<std::string> broken;
  std::string folder;
};

std::vector<Rule> rules_called(const std::vector<std::string>& names) {
  std::vector<Rule> rules;
  for (const std::string& name : names) {
    const auto rule = find_rule(name);
    if (!rule) throw BadInput(fmt::format("the model has no rule \"{}\"", name));
    rules.push_back(*rule);
  }
  return rules;
}

std::unique_ptr<ScriptSource> source_of(const ExploreOptions& options, const ModelSettings& model,
                                        Isolation isolation) {
  if (options.exhaustive)
    return std::make_unique<AllScripts>(options.depth > 0 ? options.depth : kDefaultMoves, model);
  RandomSettings settings{.seed = options.seed,
                          .count = options.count,
                          .length = options.depth > 0 ? options.depth : kDefaultCalls,
                          .has_users = sandbox_has_users(isolation),
                          .model = model};
  // Whoever limits the time means to use it up.
  if (settings.count == 0)
    settings.count = options.time > 0 ? RandomScripts::kEndless : kDefaultCount;
  return std::make_unique<RandomScripts>(settings);
}

ExploreSettings settings_of(const ExploreOptions& options, Isolation isolation, StopSignals& stop) {
  ExploreSettings settings{.isolation = isolation,
                           .jobs = options.jobs > 0 ? options.jobs : core_count(),
                           .stop = &stop};
  if (options.time > 0)
    settings.time =
        std::chrono::duration_cast<Duration>(std::chrono::duration<double>(options.time));
  return settings;
}

Tally play(const ScriptSource& source, const ExploreSettings& settings, Clock::time_point start) {
  ProgressLine progress;
  return explore(source, settings, [&](const Tally& tally) {
    progress.draw(progress_text(tally, source.scripts(), Clock::now() - start));
  });
}

/// Makes the folder before the search, so that nothing is found in vain.
void make_folder(const std::string& folder) {
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error)
    throw BadInput(fmt::format("the folder {} cannot be made: {}", folder, error.message()));
}

void write(const std::string& folder, const SmallFinding& small, std::size_t number) {
  const std::string path = fmt::format("{}/{}.toml", folder, scenario_name(small, number));
  replace_file(path, scenario_text(small));
  fmt::print("     written to {}\n", path);
}

void show(const std::vector<SmallFinding>& found, const std::string& folder) {
  std::size_t number = 0;
  for (const SmallFinding& small : found) {
    fmt::print("{}", finding_text(small, ++number));
    if (!folder.empty()) write(folder, small, number);
    fmt::print("\n");
  }
}

void show(const Tally& tally, Duration took, const ModelSettings& model, Isolation isolation,
          const std::string& folder) {
  show(smallest(tally.findings, kMostShown, model, isolation), folder);
  if (tally.unstable > 0) {
    fmt::print("scripts to which the kernel does not always answer the same:\n");
    show(smallest(tally.wavering, 3, model, isolation), "");
  }
  fmt::print("{}", summary_text(tally, took));
}

/// Says that it ended early, and returns the exit status of that.
int interrupted(const Tally& tally, std::uint64_t scripts, int signal) {
  std::fflush(stdout);
  const bool is_known = scripts > 0 && scripts != RandomScripts::kEndless;
  const std::string whole = is_known ? fmt::format(" of {}", scripts) : "";
  std::fputs(
      fmt::format("timewait: interrupted after {}{} scripts\n", tally.scripts, whole).c_str(),
      stderr);
  return exit_status_of_signal(signal);
}

int explore(const ExploreOptions& options) {
  const ModelSettings model{.traits = traits_of(kernel_version()),
                            .broken = rules_called(options.broken)};
  make_folder(options.folder);
  const IsolationProbe probe = probe_own_network();
  if (!probe.rung) throw CannotRunHere(probe.refusals);
  const auto start = Clock::now();
  const auto source = source_of(options, model, *probe.rung);
  Tally tally;
  std::optional<int> signal;
  {
    StopSignals stop;
    tally = play(*source, settings_of(options, *probe.rung, stop), start);
    signal = stop.first();
  }
  const Duration took = Clock::now() - start;
  try {
    show(tally, took, model, *probe.rung, options.folder);
  } catch (const std::system_error&) {
    if (!signal) throw;  // else the terminal may have been closed
  }
  if (signal) return interrupted(tally, source->scripts(), *signal);
  return tally.disagreements > 0 ? kDisagreement : 0;
}

void add_scripts(CLI::App& command, ExploreOptions& options) {
  command.add_option("--seed", options.seed, "which random scripts")->capture_default_str();
  command
      .add_option("--count", options.count,
                  fmt::format("how many random scripts (default: {})", kDefaultCount))
      ->check(CLI::Range(std::size_t{1}, RandomScripts::kEndless));
  command.add_flag("--exhaustive", options.exhaustive,
                   "all scripts of so many moves instead of random ones");
  command
      .add_option("--depth", options.depth,
                  fmt::format("the length of scripts: at least so many calls of random ones "
                              "(default: {}), moves of all of them (default: {})",
                              kDefaultCalls, kDefaultMoves))
      ->check(CLI::Range(1, 100));
  command.add_option("--time", options.time, "seconds after which no more scripts are begun")
      ->check(CLI::PositiveNumber);
}

}  // namespace

void add_explore_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExploreOptions>();
  CLI::App* command =
      app.add_subcommand("explore", "look for scripts on which the kernel and its model disagree");
  add_scripts(*command, *options);
  command->add_option("--jobs", options->jobs, "sandboxes at a time (default: one for each core)")
      ->check(CLI::Range(1, 1000));
  command
      ->add_option("--break", options->broken,
                   "leave this rule out of the model, to see that it is missed")
      ->type_name("RULE");
  command
      ->add_option("--write", options->folder,
                   "write each disagreement into this folder, as a scenario")
      ->type_name("DIR");
  command->callback([options, &action] { action = [options] { return explore(*options); }; });
}

}  // namespace timewait
