#pragma once

#include <chrono>
#include <map>
#include <string>

namespace timewait {

/// What is true of a run as a whole: `run.json`.
struct RunSummary {
  std::string kernel;
  std::string isolation;
  std::string isolation_refusals;  ///< why no better rung was used
  bool sees_options = true;        ///< whether the options of programs were read from their sockets
  std::string capture_trouble;     ///< why segments of the first such cell are missing; else empty
  std::map<std::string, std::string> sysctls;  ///< of the sandbox, those that matter here
  std::string version;                         ///< of timewait
  int jobs = 1;
  int cells = 0;                        ///< how many records there are
  std::map<std::string, int> left_out;  ///< cells that are slow, by the tag that runs them
  std::chrono::milliseconds wall_time{0};
};

/// The sysctls that decide how the experiments go, in the network namespace of the caller. Those
/// that this kernel lacks are left out.
std::map<std::string, std::string> sysctls_that_matter();

std::string to_json(const RunSummary& summary, const std::map<std::string, int>& totals);

/// Throws Error when the text is no run.json.
RunSummary read_run_summary(const std::string& json);

}  // namespace timewait
