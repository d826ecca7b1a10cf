#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "harness/run/kept_json.h"
#include "harness/scenario/shard.h"

namespace timewait {

/// A part of a run that was split, and how many cells all its parts have.
struct RunShard {
  Shard shard;
  int cells_in_all = 0;
  std::string selection;  ///< digest_of() them, so that parts of different runs are told apart
};

/// What is true of a run as a whole: `run.json`.
struct RunSummary {
  std::string kernel;
  std::string architecture;  ///< "x86_64"; empty in a run.json that does not tell
  int hz = 0;                ///< the kernel's ticks a second; 0 in a run.json that does not tell
  std::string isolation;
  std::string isolation_refusals;  ///< why no better rung was used
  bool sees_options = true;        ///< whether the options of programs were read from their sockets
  std::string capture_trouble;     ///< why segments of the first such cell are missing; else empty
  std::map<std::string, std::string> sysctls;  ///< of the sandbox, those that matter here
  std::string version;                         ///< of timewait
  int jobs = 1;
  int cells = 0;                        ///< how many records there are
  int not_run = 0;                      ///< how many are missing, of a run that was interrupted
  std::map<std::string, int> left_out;  ///< cells that are slow, by the tag that runs them
  std::vector<RunShard> shards;         ///< those it has of a run that was split; none: it is whole
  std::chrono::milliseconds wall_time{0};
};

/// The sysctls that decide how the experiments go, in the network namespace of the caller. Those
/// that this kernel lacks are left out.
std::map<std::string, std::string> sysctls_that_matter();

/// "1/3, 3/3"; empty for a whole run.
std::string shard_names(const RunSummary& summary);

std::string to_json(const RunSummary& summary, const std::map<std::string, int>& totals);

/// Throws BadInput when the text is no run.json.
RunSummary read_run_summary(const std::string& text);
RunSummary run_summary_of(const KeptValue& json);

}  // namespace timewait
