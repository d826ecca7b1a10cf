#include "harness/cli/locations.h"

#include <fmt/format.h>
#include <sys/auxv.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <iterator>
#include <set>

#include "harness/base/error.h"
#include "harness/scenario/scenario_reader.h"

namespace timewait {
namespace {

bool is_file(const std::string& name) { return name.ends_with(".toml"); }

/// Throws BadInput for what is meant as a file and would be looked for as a scenario.
void refuse_other_file(const std::string& name) {
  if (!name.starts_with('/') && !name.starts_with('.')) return;
  throw BadInput(fmt::format("{} is no scenario file: their names end with .toml", name));
}

/// The scenarios of the folder that are called so, or all if there are not as many.
std::vector<Scenario> read_from_folder(const std::string& folder,
                                       const std::set<std::string>& wanted) {
  const std::vector<std::filesystem::path> all = scenario_files(folder);
  std::vector<std::filesystem::path> files;
  std::ranges::copy_if(all, std::back_inserter(files), [&](const std::filesystem::path& file) {
    return wanted.contains(file.stem().string());
  });
  std::vector<Scenario> scenarios;
  for (const auto& file : wanted.empty() || files.size() < wanted.size() ? all : files)
    scenarios.push_back(read_scenario_file(file.string()));
  return scenarios;
}

/// Where this program lies. Without /proc it is known by the name under which it was executed.
std::filesystem::path own_path() {
  std::error_code error;
  auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) return path;
  const char* executed = std::bit_cast<const char*>(::getauxval(AT_EXECFN));
  return std::filesystem::weakly_canonical(executed != nullptr ? executed : "");
}

}  // namespace

Locations default_locations() {
  const auto prefix = own_path().parent_path().parent_path();
  return {.scenarios = prefix / "share/timewait/scenarios",
          .programs = prefix / "libexec/timewait"};
}

void add_location_options(CLI::App& command, Locations& locations) {
  command.add_option("--scenarios", locations.scenarios, "folder of the scenario files")
      ->type_name("DIR");
  command.add_option("--programs", locations.programs, "folder of the document programs")
      ->type_name("DIR");
}

std::vector<Scenario> load_scenarios(const Locations& locations, std::vector<std::string>& names) {
  std::set<std::string> wanted;
  for (const std::string& name : names) {
    if (is_file(name)) continue;
    refuse_other_file(name);
    wanted.insert(name.substr(0, name.find('/')));
  }
  std::vector<Scenario> scenarios;
  if (names.empty() || !wanted.empty()) scenarios = read_from_folder(locations.scenarios, wanted);
  std::vector<std::string> from_files;
  for (std::string& name : names) {
    if (!is_file(name)) continue;
    Scenario scenario = read_scenario_file(name);
    if (std::ranges::find(from_files, scenario.name) != from_files.end())
      throw BadInput(
          fmt::format("{}: there is a second scenario called \"{}\"", name, scenario.name));
    name = scenario.name;
    from_files.push_back(name);
    // A file named on the command line takes the place of one of the same name in the folder.
    std::erase_if(scenarios, [&](const Scenario& other) { return other.name == scenario.name; });
    scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

}  // namespace timewait
