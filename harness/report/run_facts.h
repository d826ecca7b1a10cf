#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/run/run_summary.h"

namespace timewait {

/// What a reference was made on: `facts.json`. Nothing in it changes from run to run.
struct RunFacts {
  std::string kernel;
  std::string architecture;  ///< empty when not known
  int hz = 0;                ///< 0 when not known
  std::string isolation;
  std::map<std::string, std::string> sysctls;
  std::string version;  ///< of timewait
};

/// What one thing was in a run and is in another: "pass" and "fail"; "none" stands for nothing.
struct Change {
  std::string what;
  std::string before;
  std::string after;

  bool operator==(const Change&) const = default;
};

/// What two runs did not have in common, each sysctl by its name.
std::vector<Change> differences(const RunFacts& before, const RunFacts& after);

RunFacts facts_of(const RunSummary& summary);

/// Schema "timewait.facts/1".
std::string to_json(const RunFacts& facts);

/// Throws BadInput for a text that is no facts.json.
RunFacts read_run_facts(const std::string& json);

}  // namespace timewait
