#include <fmt/format.h>

#include <memory>

#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"
#include "harness/report/characters.h"
#include "harness/report/reading.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

struct ShowOptions {
  Locations locations = default_locations();
  std::string name;
  std::string language = default_language();
};

int show(const ShowOptions& options) {
  std::vector<std::string> names{options.name};
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, names);
  const auto cells = select_cells(scenarios, names, "");
  const OutputStyle style(options.language, options.locations);
  fmt::print("{}",
             terminal_text(read_aloud(*cells.front().scenario, *cells.front().cell, style.text())));
  return 0;
}

}  // namespace

void add_show_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = app.add_subcommand("show", "read a scenario aloud, step by step");
  command->add_option("name", options->name, "a scenario, a cell (SCENARIO/CELL) or a file")
      ->type_name("NAME")
      ->required();
  add_location_options(*command, options->locations);
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return show(*options); }; });
}

}  // namespace timewait
