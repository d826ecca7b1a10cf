#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

#include "harness/cli/run_options.h"

namespace timewait {

/// Arguments of `timewait run`: option -> its values, "names" -> what is to be run.
using RunArguments = std::map<std::string, std::vector<std::string>>;

/// Those that say what is run and how, as `command` was given them, for whoever goes on with the
/// run from another folder. Where results go and how they look is not among them.
RunArguments kept_arguments(const CLI::App& command);

/// The options that `arguments` stand for. Throws BadInput for what `timewait run` does not know.
RunOptions options_of(const RunArguments& arguments);

/// Throws BadInput when `command` was given more than --resume and what a run that is gone on with
/// may have otherwise: its format, page, language and number of jobs, and no foreign programs.
void check_nothing_else_is_asked(const CLI::App& command);

}  // namespace timewait
