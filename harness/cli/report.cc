#include <memory>

#include "harness/cli/commands.h"
#include "harness/cli/page_output.h"
#include "harness/cli/reported_folder.h"
#include "harness/export/exporter.h"

namespace timewait {

void add_report_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = app.add_subcommand("report", "print the kept records of a run again");
  command->add_option("dir", options->directory, "the folder that `run --out` wrote")
      ->type_name("DIR")
      ->required();
  command->add_option("--format", options->format, "what is printed")
      ->check(CLI::IsMember(exporter_names()))
      ->capture_default_str();
  add_page_option(*command, options->html);
  command->add_option("--scenarios", options->locations.scenarios, "folder of the scenario files")
      ->type_name("DIR");
  add_language_option(*command, options->language);
  command->callback([options, &action] { action = [options] { return report_folder(*options); }; });
}

}  // namespace timewait
