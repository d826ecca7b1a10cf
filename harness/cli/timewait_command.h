#pragma once

#include <iosfwd>
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

/// What a failed test tells of a run.
void PrintTo(const CommandResult& result, std::ostream* out);

// How the program ends when not all is well.
inline constexpr int kFail = 1;
inline constexpr int kBadUsage = 2;
inline constexpr int kInconclusive = 3;
inline constexpr int kCannotRunHere = 77;
inline constexpr int kBroken = 125;

/// Runs the program that was built beside the test, for tests of what a user sees: in English,
/// whatever the environment asks for. It is killed when it has not ended after a minute.
CommandResult run_timewait(std::vector<std::string> arguments);

/// Runs any command as run_timewait() does.
CommandResult run_command(const std::vector<std::string>& command);

/// The program that was built beside the test. What splits the tests into shards is taken out of
/// the environment: the runs in them are to be whole.
std::string timewait_path();

}  // namespace timewait
