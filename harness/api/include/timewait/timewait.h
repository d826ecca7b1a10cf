#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The CMake package says where the installed program is; without it, it is looked up in PATH.
#ifndef TIMEWAIT_PROGRAM
#define TIMEWAIT_PROGRAM "timewait"
#endif

/// Runs scenarios of timewait from a program of one's own, such as a GoogleTest.
///
/// Each call starts the program `timewait` as a process and reads what it says: sandboxes are
/// made by forking, which is safe only in a process without threads, and yours may have some. So
/// these functions may be called from any thread, and nothing of timewait runs in your process.
/// They must not be called while the signal SIGCHLD is ignored.
namespace timewait {
inline namespace v1 {

/// What a cell was found to be.
enum class Verdict {
  pass,          ///< the state was seen and the outcome is the expected one
  fail,          ///< the outcome differs
  inconclusive,  ///< the state was not seen, so the outcome proves nothing
  skip,          ///< cannot run here
  error,         ///< timewait or a program of the scenario broke
};

/// "pass", "fail", ...
std::string_view name_of(Verdict verdict);

/// An entry of the kernel's socket table.
struct SeenSocket {
  std::string protocol;  ///< "tcp" or "udp"
  std::string state;     ///< "TIME_WAIT"
  std::string local;     ///< "127.0.0.1:12000"
  std::string remote;
};

/// What one cell, a point of a scenario's variations, did and saw.
struct Result {
  std::string scenario;
  std::vector<std::pair<std::string, std::string>> cell;  ///< variation and value, as in the file
  Verdict verdict = Verdict::error;
  std::string reason;     ///< why it is no pass; empty for a pass
  std::string outcome;    ///< "bound", "bind:EADDRINUSE"; empty when there was no attempt
  std::string expected;   ///< by the scenario
  std::string predicted;  ///< by the model of the kernel; empty where it does not know the script
  std::vector<std::pair<std::string, std::string>> states;  ///< actor and what was seen of it
  std::vector<SeenSocket> sockets;  ///< the table in which that was seen, just before the attempt
  std::string record;               ///< all of it as JSON, schema timewait.record/1

  /// What was seen of `actor` just before the attempt, "TIME_WAIT"; empty when nothing was asked.
  std::string state_of(std::string_view actor) const;
};

/// How to run it.
struct Options {
  std::string program = TIMEWAIT_PROGRAM;  ///< a path, or a name that is looked up in PATH
  std::vector<std::string> arguments;      ///< more options of `timewait run`: {"--jobs", "1"}
};

/// There are no results: the scenario has a mistake, the program is not there, and so on. The text
/// is that of the program, with file, line and column.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// This machine allows no sandbox at all; the text says why. A test had better be skipped.
class NoSandbox : public RunError {
 public:
  using RunError::RunError;
};

/// Runs the cells of `what`, the name of an installed scenario, of one cell (SCENARIO/CELL), or the
/// path of a scenario file (it ends with ".toml"), and returns what came of each, in order. Throws
/// RunError or NoSandbox when there is nothing to return.
std::vector<Result> run(const std::string& what, const Options& options = {});

/// Runs the cells of a scenario whose file would hold `text`. In errors it is called scenario.toml.
std::vector<Result> run_text(std::string_view text, const Options& options = {});

}  // namespace v1
}  // namespace timewait
