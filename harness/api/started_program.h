#pragma once

#include <string>
#include <vector>

namespace timewait {
inline namespace v1 {

/// What a program wrote and how it ended.
struct ProgramOutput {
  std::string output;
  std::string errors;
  int status = 0;  ///< exit status; of a program that a signal ended, 128 and its number
};

/// Runs a program to its end. Safe in a process with threads: it is spawned, not forked, and no
/// descriptor of ours stays open in it. Throws RunError when it cannot be started.
ProgramOutput run_program(const std::vector<std::string>& command);

}  // namespace v1
}  // namespace timewait
