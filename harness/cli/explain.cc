#include <fmt/format.h>

#include <memory>

#include "harness/cli/commands.h"
#include "harness/cli/locations.h"
#include "harness/cli/output_style.h"
#include "harness/kernel/release.h"
#include "harness/model/explanation.h"
#include "harness/report/characters.h"
#include "harness/report/prediction_text.h"
#include "harness/scenario/selection.h"

namespace timewait {
namespace {

struct ExplainOptions {
  Locations locations = default_locations();
  std::string name;
  std::string language = default_language();
};

int explain(const ExplainOptions& options) {
  std::vector<std::string> names{options.name};
  const std::vector<Scenario> scenarios = load_scenarios(options.locations, names);
  const KernelTraits traits = traits_of(kernel_version());
  const OutputStyle style(options.language, options.locations);
  std::string between;
  for (const SelectedCell& selected : select_cells(scenarios, names, "")) {
    const Prediction prediction = predict(*selected.cell, {.traits = traits});
    const std::string text =
        prediction_text(*selected.scenario, *selected.cell, prediction,
                        explanation_of(*selected.cell, prediction, traits), style.text());
    fmt::print("{}{}", between, terminal_text(text));
    between = "\n";
  }
  return 0;
}

}  // namespace

void add_explain_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand(
      "explain", "say what the model predicts for a cell, why, and by which rule of the kernel");
  command->add_option("name", options->name, "a scenario, a cell (SCENARIO/CELL) or a file")
      ->type_name("NAME")
      ->required();
  add_location_options(*command, options->locations);
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return explain(*options); }; });
}

}  // namespace timewait
