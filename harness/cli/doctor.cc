#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/isolation_option.h"
#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"
#include "harness/explore/sandboxed.h"
#include "harness/kernel/core_count.h"
#include "harness/kernel/release.h"
#include "harness/kernel/timer_wheel.h"
#include "harness/process/child_process.h"
#include "harness/report/doctor_report.h"

namespace timewait {
namespace {

namespace fs = std::filesystem;

constexpr int kCannotRunHere = 77;

struct DoctorOptions {
  Locations locations = default_locations();
  std::string isolation;  ///< the rung that is asked for; empty: the best that works
  std::string format = "text";
  std::string language = default_language();
};

/// `text` with "~" for the user's own folder, whose name is nobody's business.
std::string without_home(std::string text) {
  const char* home = std::getenv("HOME");
  const std::string folder = home == nullptr ? "" : home;
  if (folder.size() < 2) return text;
  for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder, at + 1))
    text.replace(at, folder.size(), "~");
  return text;
}

unsigned long long most_open_files() {
  rlimit limit{};
  check(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit()");
  return limit.rlim_max;
}

bool is_installed(const std::string& program) { return find_program(program).has_value(); }

/// The document programs that some scenario runs and the folder lacks.
std::set<std::string> missing_programs(const std::vector<Scenario>& scenarios,
                                       const std::string& folder) {
  std::set<std::string> missing;
  for (const Scenario& scenario : scenarios)
    for (const Cell& cell : scenario.cells)
      for (const Actor& actor : cell.actors)
        if (actor.program.role != Role::foreign) missing.emplace(actor.program.name);
  std::erase_if(missing,
                [&](const std::string& name) { return is_installed(folder + "/" + name); });
  return missing;
}

/// The reference of the running kernel: in the results of the folder called, or of the repository
/// that the scenarios belong to.
std::string reference_of(const Locations& locations) {
  const auto [major, minor] = kernel_version();
  std::string name = fmt::format("results/linux-{}.{}", major, minor);
  std::error_code error;
  const fs::path repository = fs::canonical(locations.scenarios, error).parent_path();
  for (const fs::path& folder : {fs::path("."), repository})
    if (fs::exists(folder / name / "reference.jsonl", error)) return name;
  return "";
}

/// Tries what a sandbox can do; what it cannot is in the result.
MachineProbe probe_of(const IsolationProbe& isolation, const std::set<std::string>& sysctls) {
  MachineProbe probe = read_probe(
      in_fresh_sandbox(*isolation.rung, [&] { return probe_machine(*isolation.rung, sysctls); }));
  if (!isolation.sees_options)
    probe.refusals[Ability::options_of_programs] =
        "the kernel does not let us look at the sockets of another process";
  return probe;
}

void examine_scenarios(const Locations& locations, std::vector<Scenario>& scenarios,
                       DoctorReport& report) {
  std::vector<std::string> all;
  try {
    scenarios = load_scenarios(locations, all);
  } catch (const BadInput& error) {
    report.scenario_trouble = without_home(error.what());
  }
  report.scenarios = scenarios.size();
  for (const Scenario& scenario : scenarios) report.cells += scenario.cells.size();
}

DoctorReport examine(const DoctorOptions& options, const TextStyle& style) {
  DoctorReport report{.version = TIMEWAIT_VERSION,
                      .kernel = kernel_release(),
                      .architecture = architecture(),
                      .hz = ticks_per_second(),
                      .cores = core_count(),
                      .open_files = most_open_files(),
                      .restrictions = read_restrictions(),
                      .isolation = probe_isolation(kIsolationWords.find(options.isolation)),
                      .reference = reference_of(options.locations),
                      .terminal = {.is_terminal = ::isatty(STDOUT_FILENO) == 1,
                                   .style = style,
                                   .locale = std::setlocale(LC_CTYPE, nullptr)}};
  std::vector<Scenario> scenarios;
  examine_scenarios(options.locations, scenarios, report);
  report.missing_programs = missing_programs(scenarios, options.locations.programs);
  if (!report.isolation.rung) return report;
  report.probe = probe_of(report.isolation, sysctls_of(scenarios));
  report.skipped = skipped_cells(scenarios, *report.isolation.rung, report.probe, is_installed);
  return report;
}

int doctor(const DoctorOptions& options) {
  TextStyle style = text_style_of(STDOUT_FILENO);
  style.language = *kLanguages.find(options.language);
  const DoctorReport report = examine(options, style);
  fmt::print("{}", options.format == "json" ? doctor_json(report) : doctor_text(report));
  return report.can_run() ? 0 : kCannotRunHere;
}

}  // namespace

void add_doctor_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<DoctorOptions>();
  CLI::App* command = app.add_subcommand(
      "doctor", "say what this machine can do, what it refuses and how to allow it");
  command->add_option("--format", options->format, "what is printed; json is for bug reports")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  add_isolation_option(*command, options->isolation);
  add_location_options(*command, options->locations);
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return doctor(*options); }; });
}

}  // namespace timewait
