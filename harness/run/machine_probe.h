#pragma once

#include <map>
#include <set>
#include <string>

#include "harness/run/cell_needs.h"
#include "harness/run/isolation.h"

namespace timewait {

/// What was found when everything was tried once.
struct MachineProbe {
  std::map<Ability, std::string> refusals;  ///< why, of every ability that is not there
  std::set<std::string> missing_sysctls;    ///< of those that were asked for

  bool can(Ability ability) const { return !refusals.contains(ability); }
};

/// Whether a cell that needs this cannot be played on the machine's own network.
bool needs_own_network(Ability ability);

/// Tries what can be tried in a sandbox of this rung, as the first process in it, and looks for the
/// sysctls. Nothing of the machine's own network is changed. Of the result read_probe() makes a
/// MachineProbe.
std::string probe_machine(Isolation isolation, const std::set<std::string>& sysctls);

MachineProbe read_probe(const std::string& answer);

}  // namespace timewait
