#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"
#include "harness/report/characters.h"
#include "harness/report/report_words.h"
#include "harness/scenario/scenario_reader.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

struct ListOptions {
  Locations locations = default_locations();
  bool json = false;
  bool cells = false;
  bool names = false;
  std::string language = default_language();
};

void print_json(const std::vector<Scenario>& scenarios) {
  auto all = nlohmann::ordered_json::array();
  for (const Scenario& scenario : scenarios) {
    auto cells = nlohmann::ordered_json::array();
    for (const Cell& cell : scenario.cells) cells.push_back(cell_name(cell.point));
    all.push_back({{"name", scenario.name},
                   {"title", scenario.title},
                   {"theme", scenario.theme},
                   {"from", scenario.from},
                   {"tags", scenario.tags},
                   {"cells", cells}});
  }
  fmt::print("{}\n", all.dump(2));
}

/// One cell a line, theme first: what ctest reads. It runs the slow ones all at once.
void print_cells(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios)
    if (slow_tag(scenario).empty())
      for (const Cell& cell : scenario.cells)
        fmt::print("{} {}/{}\n", scenario.theme, scenario.name, cell_name(cell.point));
}

/// All that `timewait run` takes as a name, one a line: what shells complete.
void print_names(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios) {
    fmt::print("{}\n", scenario.name);
    for (const Cell& cell : scenario.cells)
      fmt::print("{}/{}\n", scenario.name, cell_name(cell.point));
  }
}

/// The folder of a theme, by which tests are chosen, and its heading where that is another word.
std::string heading_of(const std::string& theme, const TextStyle& style) {
  if (!translation_of(style).themes.contains(theme)) return theme;
  return theme + "  " + translation_of(style).theme(theme);
}

void print_text(const std::vector<Scenario>& scenarios, const TextStyle& style) {
  std::size_t cells = 0;
  std::string theme;
  for (const Scenario& scenario : scenarios) {
    if (scenario.theme != theme) fmt::print("{}\n", heading_of(scenario.theme, style));
    theme = scenario.theme;
    fmt::print("  {:<34} {:>3}  {}\n", in_one_line(scenario.name), scenario.cells.size(),
               in_one_line(translation_of(style).texts_of(scenario).title));
    cells += scenario.cells.size();
  }
  fmt::print("{}\n", told(style, ReportWord::list_totals,
                          {std::to_string(scenarios.size()), std::to_string(cells)}));
}

/// All scenarios, read and checked, but without what happens in their cells: that is most of what
/// they are, and a list shows none of it.
std::vector<Scenario> outlines(const std::string& folder) {
  std::vector<Scenario> scenarios;
  for (const auto& file : scenario_files(folder)) {
    Scenario& scenario = scenarios.emplace_back(read_scenario_file(file.string()));
    for (Cell& cell : scenario.cells)
      cell = Cell{.point = std::move(cell.point), .expected = cell.expected};
  }
  return scenarios;
}

int list(const ListOptions& options) {
  const std::vector<Scenario> scenarios = outlines(options.locations.scenarios);
  if (options.json)
    print_json(scenarios);
  else if (options.cells)
    print_cells(scenarios);
  else if (options.names)
    print_names(scenarios);
  else
    print_text(scenarios, OutputStyle(options.language, options.locations).text());
  return 0;
}

}  // namespace

void add_list_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command = app.add_subcommand("list", "list the scenarios and how many cells each has");
  CLI::Option* json = command->add_flag("--json", options->json, "as JSON, with the cells");
  CLI::Option* cells = command
                           ->add_flag("--cells", options->cells,
                                      "one cell a line, after its theme; without the slow ones")
                           ->excludes(json);
  command->add_flag("--names", options->names, "the scenarios and all their cells, one a line")
      ->excludes(json)
      ->excludes(cells);
  add_location_options(*command, options->locations);
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return list(*options); }; });
}

}  // namespace timewait
