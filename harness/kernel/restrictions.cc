#include "harness/kernel/restrictions.h"

#include <linux/capability.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"

namespace timewait {
namespace {

constexpr const char* kSysctls[] = {
    "kernel.apparmor_restrict_unprivileged_userns",
    "kernel.unprivileged_userns_clone",
    "kernel.yama.ptrace_scope",
    "user.max_net_namespaces",
    "user.max_pid_namespaces",
    "user.max_user_namespaces",
};

/// The value of a line of /proc/self/status, "CapEff" or "Seccomp"; empty where there is none.
std::string status_line(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string key, rest; status >> key && std::getline(status >> std::ws, rest);)
    if (key == name + ":") return rest;
  return "";
}

bool has_capability(int number) {
  return (std::strtoull(status_line("CapEff").c_str(), nullptr, 16) >> number & 1) != 0;
}

bool is_in_container() {
  std::error_code error;
  return std::filesystem::exists("/.dockerenv", error) ||
         std::filesystem::exists("/run/.containerenv", error) ||
         std::filesystem::exists("/run/host/container-manager", error);
}

}  // namespace

Restrictions read_restrictions() {
  Restrictions all{.is_root = ::geteuid() == 0,
                   .is_administrator = has_capability(CAP_SYS_ADMIN),
                   .has_call_filter = status_line("Seccomp") == "2",
                   .is_in_container = is_in_container()};
  for (const char* name : kSysctls) try {
      all.sysctls[name] = read_sysctl(name);
    } catch (const CannotRunHere&) {
      continue;  // this kernel has none of that name
    }
  return all;
}

}  // namespace timewait
