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
  loopback,        ///< none: an address and ports of the machine's loopback that nobody else uses
};

inline constexpr auto kIsolations = enum_table<Isolation>({
    {Isolation::user_namespace, "user+net+pid namespaces"},
    {Isolation::root_namespace, "net+pid namespaces as root"},
    {Isolation::loopback, "the machine's own loopback"},
});

/// The same rungs as `--isolation` names them.
inline constexpr auto kIsolationWords = enum_table<Isolation>({
    {Isolation::user_namespace, "user"},
    {Isolation::root_namespace, "root"},
    {Isolation::loopback, "loopback"},
});

/// True where a sandbox has addresses, ports, sysctls and processes of its own, which go with it.
constexpr bool has_own_network(Isolation isolation) { return isolation != Isolation::loopback; }

/// What probing the ladder found.
struct IsolationProbe {
  std::optional<Isolation> rung;  ///< the best that works; nothing when none does
  std::string refusals;           ///< why the better ones do not, for people
  bool sees_options = false;      ///< whether the options of another process's socket can be read
  std::map<std::string, std::string> sysctls;  ///< what a fresh sandbox of that rung has
};

/// Tries each rung with the whole chain that a cell needs: clone, id map, loopback up, bind, socket
/// table. A namespace that can be made may still be useless. With `only` that rung alone is tried.
IsolationProbe probe_isolation(std::optional<Isolation> only = std::nullopt);

/// The same for who cannot do without a network of its own.
IsolationProbe probe_own_network();

}  // namespace timewait
