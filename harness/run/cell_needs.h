#pragma once

#include <set>
#include <string>

#include "harness/base/enum_table.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// What a machine can do for cells besides a sandbox with a loopback and a socket table.
enum class Ability {
  user_namespace,
  root_rights,
  other_users,
  ipv6,
  bound_sockets,
  options_of_programs,
  capture,
  raw_segments,
  destruction,
  sysctls,
  devices,
};

inline constexpr auto kAbilities = enum_table<Ability>({
    {Ability::user_namespace, "user namespace"},
    {Ability::root_rights, "rights of root"},
    {Ability::other_users, "other users"},
    {Ability::ipv6, "IPv6"},
    {Ability::bound_sockets, "bound sockets"},
    {Ability::options_of_programs, "options of programs"},
    {Ability::capture, "capture"},
    {Ability::raw_segments, "raw segments"},
    {Ability::destruction, "destroying sockets"},
    {Ability::sysctls, "sysctls"},
    {Ability::devices, "network devices"},
});

/// What a cell cannot do without: where it is missing, the cell is skipped.
struct CellNeeds {
  std::set<Ability> abilities;
  std::set<std::string> sysctls;   ///< that its script sets
  std::set<std::string> programs;  ///< that are not ours
};

/// What the script of `cell` tells.
CellNeeds needs_of(const Cell& cell);

}  // namespace timewait
