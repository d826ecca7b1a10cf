#pragma once

#include <map>
#include <optional>
#include <string>

#include "harness/base/enum_table.h"

namespace timewait {

/// How a cell is kept apart from the machine: the rungs of a ladder, best first.
enum class Isolation {
  user_namespace,  ///< user, network and pid namespace; needs no privilege
  root_namespace,  ///< network and pid namespace; where user namespaces are refused to root
};

inline constexpr auto kIsolations = enum_table<Isolation>({
    {Isolation::user_namespace, "user+net+pid namespaces"},
    {Isolation::root_namespace, "net+pid namespaces as root"},
});

/// What probing the ladder found.
struct IsolationProbe {
  std::optional<Isolation> rung;  ///< the best that works; nothing when none does
  std::string refusals;           ///< why the better ones do not, for people
  bool sees_options = false;      ///< whether the options of another process's socket can be read
  std::map<std::string, std::string> sysctls;  ///< what a fresh sandbox of that rung has
};

/// Tries each rung with the whole chain that a cell needs: clone, id map, loopback up, bind, socket
/// table. A namespace that can be made may still be useless.
IsolationProbe probe_isolation();

}  // namespace timewait
