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

/// The network namespace of the caller, as a name that tells it from others.
std::string own_network();

/// Tries what can be tried in a sandbox of this rung, as the first process in it, and looks for the
/// sysctls.
/// `outside` is own_network() outside the sandbox: where the sandbox has no other, the network is
/// the machine's own, and nothing of it is changed. Of the result read_probe() makes a
/// MachineProbe.
std::string probe_machine(Isolation isolation, const std::string& outside,
                          const std::set<std::string>& sysctls);

MachineProbe read_probe(const std::string& answer);

}  // namespace timewait
