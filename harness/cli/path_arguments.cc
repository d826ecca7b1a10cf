#include "harness/cli/path_arguments.h"

#include <string>

namespace timewait {

void refuse_empty_paths(CLI::App& app) {
  const auto refusal = [](const std::string& path) {
    return path.empty() ? std::string("its name is empty") : std::string();
  };
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    for (CLI::Option* option : command->get_options())
      if (option->get_type_name() == "DIR" || option->get_type_name() == "FILE")
        option->check(refusal);
}

}  // namespace timewait
