// A run that waits at a known place until the test lets it go on.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "harness/base/error.h"
#include "harness/base/temporary_folder.h"
#include "harness/cli/running_command.h"
#include "harness/cli/test_records.h"

namespace timewait {

/// Runs of seven cells, five of which are over soon; the other two wait at the gate until it is
/// open.
class GatedRun : public testing::Test {
 protected:
  static constexpr std::size_t kBeforeTheGate = 5;
  static constexpr std::size_t kCells = 7;

  GatedRun() {
    check(::mkfifo(path("gate").c_str(), S_IRUSR | S_IWUSR), "mkfifo()");
    add_scenario("quick", "", R"(rebind = ["plain", "reuseaddr", "reuseport", "both", "plain2"])");
    add_scenario("gated", "gate runs cat " + path("gate") + "\ngate exits\n",
                 R"(rebind = ["plain", "both"])");
  }

  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string out() const { return path("out"); }

  /// A scenario that varies what is called `rebind`, and nothing by it.
  void add_scenario(const std::string& name, const std::string& first_steps,
                    const std::string& variation) const {
    folder_.write("scenarios/theme/" + name + ".toml",
                  scenario_around(first_steps + kIdleServerInterrupted, "bound") + "[vary]\n" +
                      variation + "\n");
  }

  /// The run that the arguments ask for, which writes to out() and comes to the gate.
  RunningCommand begin(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {timewait_path(), "run", "--scenarios",    path("scenarios"),
                                        "--jobs",        "8",   "--step-timeout", "50"};
    command.insert(command.end(), more.begin(), more.end());
    if (std::ranges::find(more, "--no-out") == more.end())
      command.insert(command.end(), {"--out", out()});
    return RunningCommand(command);
  }

  /// Waits until all cells before the gate have been run.
  void come_to_the_gate(RunningCommand& run) const {
    run.wait_until([&] { return record_lines(out()).size() == kBeforeTheGate; });
    EXPECT_EQ(record_lines(out()).size(), kBeforeTheGate);
  }

  /// Begins a run and ends it with a signal at the gate.
  CommandResult interrupted(int signal, const std::vector<std::string>& more = {}) const {
    RunningCommand run = begin(more);
    come_to_the_gate(run);
    run.process().signal(signal);
    return run.result();
  }

  void open_gate() const {
    std::filesystem::remove(path("gate"));
    folder_.write("gate", "");
  }

  CommandResult resume(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command{"run", "--resume", out()};
    command.insert(command.end(), more.begin(), more.end());
    return run_timewait(command);
  }

  /// The same run as begin() makes, not interrupted, into another folder.
  std::string whole_run() const {
    open_gate();
    const auto result =
        run_timewait({"run", "--scenarios", path("scenarios"), "--out", path("whole")});
    EXPECT_EQ(result.end.number, 0) << result.errors;
    return path("whole");
  }

  /// Waits until a cell waits at the gate: who opens it to write meets somebody who reads. The gate
  /// opens for good when the descriptor is closed.
  UniqueFd come_to_the_gate_without_records(RunningCommand& run) const {
    UniqueFd gate;
    run.wait_until([&] {
      gate.reset(::open(path("gate").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
      return static_cast<bool>(gate);
    });
    EXPECT_TRUE(gate);
    return gate;
  }

  const TemporaryFolder folder_;
};

}  // namespace timewait
