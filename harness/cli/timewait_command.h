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

/// Runs the program that was built beside the test, for tests of what a user sees. It is killed
/// when it has not ended after a minute.
CommandResult run_timewait(std::vector<std::string> arguments);

/// Runs any command as run_timewait() does.
CommandResult run_command(const std::vector<std::string>& command);

/// The program that was built beside the test.
std::string timewait_path();

/// A folder that goes with this object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }

  /// Writes a file into the folder and returns its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

}  // namespace timewait
