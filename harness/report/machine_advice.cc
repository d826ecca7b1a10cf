#include "harness/report/machine_advice.h"

#include <fmt/format.h>

namespace timewait {
namespace {

/// A sysctl that forbids user namespaces when it has the one value, and allows them with the other.
struct NamespaceSwitch {
  std::string_view name;
  std::string_view forbids;
  std::string_view allows;
  bool binds_root;
};

constexpr NamespaceSwitch kSwitches[] = {
    {"user.max_user_namespaces", "0", "15000", true},
    {"kernel.unprivileged_userns_clone", "0", "1", false},
    {"kernel.apparmor_restrict_unprivileged_userns", "1", "0", false},
};

constexpr std::string_view kPtraceScope = "kernel.yama.ptrace_scope";
constexpr std::string_view kNobodyAtAll = "3";

bool has_value(const Restrictions& restrictions, std::string_view name, std::string_view value) {
  const auto found = restrictions.sysctls.find(std::string(name));
  return found != restrictions.sysctls.end() && found->second == value;
}

std::string without_call_filter(const Restrictions& restrictions) {
  if (restrictions.is_in_container)
    return "start the container with --security-opt seccomp=unconfined: its filter refuses calls";
  return "start it without the seccomp filter that it inherits, which may refuse calls";
}

std::vector<std::string> advice_on_user_namespaces(const Restrictions& restrictions) {
  std::vector<std::string> advice;
  for (const NamespaceSwitch& one : kSwitches)
    if (has_value(restrictions, one.name, one.forbids) &&
        (one.binds_root || !restrictions.is_administrator))
      advice.push_back(fmt::format("as root: sysctl {}={}", one.name, one.allows));
  if (restrictions.has_call_filter) advice.push_back(without_call_filter(restrictions));
  if (advice.empty())
    advice.emplace_back(
        "leave the chroot, if this is one, and allow user namespaces in the kernel "
        "(CONFIG_USER_NS)");
  return advice;
}

std::vector<std::string> advice_on_namespaces_of_root(const Restrictions& restrictions) {
  std::vector<std::string> advice;
  if (!restrictions.is_root)
    advice.emplace_back("run it as root");
  else if (!restrictions.is_administrator && restrictions.is_in_container)
    advice.emplace_back(
        "start the container with --cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW");
  else if (!restrictions.is_administrator)
    advice.emplace_back("give it CAP_SYS_ADMIN, CAP_NET_ADMIN and CAP_NET_RAW");
  if (restrictions.has_call_filter) advice.push_back(without_call_filter(restrictions));
  return advice;
}

std::string advice_on_looks(const Restrictions& restrictions) {
  if (has_value(restrictions, kPtraceScope, kNobodyAtAll))
    return fmt::format("start the machine with {} below {}, which only a reboot can undo",
                       kPtraceScope, kNobodyAtAll);
  if (restrictions.has_call_filter) return without_call_filter(restrictions);
  return "allow pidfd_getfd(), which Linux has since 5.6";
}

std::string advice_on_sysctls(const Restrictions& restrictions) {
  if (restrictions.is_in_container)
    return "start the container with --privileged: its /proc/sys cannot be written to";
  return "mount /proc so that /proc/sys/net can be written to";
}

}  // namespace

std::vector<std::string> advice_on(Isolation rung, const Restrictions& restrictions) {
  if (rung == Isolation::user_namespace) return advice_on_user_namespaces(restrictions);
  if (rung == Isolation::root_namespace) return advice_on_namespaces_of_root(restrictions);
  return {};
}

std::vector<std::string> advice_on(Ability ability, const Restrictions& restrictions) {
  switch (ability) {
    case Ability::user_namespace:
      return advice_on_user_namespaces(restrictions);
    case Ability::root_rights:
      return {restrictions.is_root
                  ? "give root CAP_SETUID, CAP_NET_BIND_SERVICE, CAP_NET_ADMIN and "
                    "CAP_NET_RAW"
                  : "allow user namespaces, or run it as root"};
    case Ability::other_users:
      return {restrictions.is_root ? "give root more users than one (/proc/self/uid_map) and "
                                     "CAP_SETUID and CAP_SETGID"
                                   : "run it as root"};
    case Ability::ipv6:
      return {
          "start the machine without ipv6.disable=1, and with net.ipv6.conf.all.disable_ipv6=0"};
    case Ability::bound_sockets:
      return {"use Linux 6.8 or later"};
    case Ability::options_of_programs:
      return {advice_on_looks(restrictions)};
    case Ability::capture:
    case Ability::raw_segments:
      return {restrictions.is_in_container ? "start the container with --cap-add NET_RAW"
                                           : "allow user namespaces, or give it CAP_NET_RAW"};
    case Ability::destruction:
      return {"use a kernel with CONFIG_INET_DIAG_DESTROY, and CAP_NET_ADMIN in the sandbox"};
    case Ability::sysctls:
      return {advice_on_sysctls(restrictions)};
    case Ability::devices:
      return {"as root: modprobe dummy (or veth)"};
  }
  return {};
}

}  // namespace timewait
