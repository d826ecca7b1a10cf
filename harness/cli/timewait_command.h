#pragma once

#include <string>
#include <vector>

#include "harness/process/exit_state.h"

namespace timewait {

/// What a run of the program gave.
struct CommandResult {
  ExitState end;
  std::string output;
  std::string errors;
};

/// Runs the program that was built beside the test, for tests of what a user sees: in English,
/// whatever the environment asks for. It is killed when it has not ended after a minute.
CommandResult run_timewait(std::vector<std::string> arguments);

/// Runs any command as run_timewait() does.
CommandResult run_command(const std::vector<std::string>& command);

/// The program that was built beside the test. What splits the tests into shards is taken out of
/// the environment: the runs in them are to be whole.
std::string timewait_path();

}  // namespace timewait
