#pragma once

#include <map>
#include <string>

namespace timewait {

/// What a machine, or whoever started this process, may have restricted, as far as a process can
/// read it: where something is refused, it says what to change.
struct Restrictions {
  std::map<std::string, std::string> sysctls;  ///< those that can forbid namespaces or looks at
                                               ///< other processes; none that the kernel lacks
  bool is_root = false;
  bool is_administrator = false;  ///< has CAP_SYS_ADMIN, and so may make namespaces
  bool has_call_filter = false;   ///< seccomp
  bool is_in_container = false;   ///< of docker, podman or systemd-nspawn
  bool operator==(const Restrictions&) const = default;
};

/// Those of this process.
Restrictions read_restrictions();

}  // namespace timewait
