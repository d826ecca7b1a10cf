#include "harness/report/machine_advice.h"

#include <gmock/gmock.h>

namespace timewait {
namespace {

using testing::ElementsAre;

constexpr Isolation kBest = Isolation::user_namespace;
constexpr Isolation kOfRoot = Isolation::root_namespace;

/// A user's machine with this sysctl, or root's.
Restrictions with(const std::string& sysctl, const std::string& value, bool is_root = false) {
  Restrictions restrictions;
  restrictions.sysctls[sysctl] = value;
  restrictions.is_root = is_root;
  restrictions.is_administrator = is_root;
  return restrictions;
}

/// In a container, as a root that may do little.
Restrictions in_container(bool has_call_filter) {
  Restrictions restrictions;
  restrictions.is_root = true;
  restrictions.is_in_container = true;
  restrictions.has_call_filter = has_call_filter;
  return restrictions;
}

const std::string kUnfiltered =
    "start the container with --security-opt seccomp=unconfined: its filter refuses calls";

TEST(MachineAdvice, OnUserNamespacesNamesTheSysctlThatForbidsThem) {
  for (const bool is_root : {false, true})
    EXPECT_THAT(advice_on(kBest, with("user.max_user_namespaces", "0", is_root)),
                ElementsAre("as root: sysctl user.max_user_namespaces=15000"));
  EXPECT_THAT(advice_on(kBest, with("kernel.unprivileged_userns_clone", "0")),
              ElementsAre("as root: sysctl kernel.unprivileged_userns_clone=1"));
  EXPECT_THAT(advice_on(kBest, with("kernel.apparmor_restrict_unprivileged_userns", "1")),
              ElementsAre("as root: sysctl kernel.apparmor_restrict_unprivileged_userns=0"));
}

TEST(MachineAdvice, OnUserNamespacesLeavesAloneWhatForbidsNothing) {
  const std::string otherwise =
      "leave the chroot, if this is one, and allow user namespaces in the kernel (CONFIG_USER_NS)";
  EXPECT_THAT(advice_on(kBest, with("user.max_user_namespaces", "15000")), ElementsAre(otherwise));
  EXPECT_THAT(advice_on(kBest, with("kernel.unprivileged_userns_clone", "0", true)),
              ElementsAre(otherwise));
}

TEST(MachineAdvice, OnNamespacesOfRootDependsOnWhoOneIs) {
  EXPECT_THAT(advice_on(kOfRoot, with("none", "0")), ElementsAre("run it as root"));
  EXPECT_THAT(
      advice_on(kOfRoot, in_container(true)),
      ElementsAre(
          "start the container with --cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW",
          kUnfiltered));
  Restrictions powerless;
  powerless.is_root = true;
  EXPECT_THAT(advice_on(kOfRoot, powerless),
              ElementsAre("give it CAP_SYS_ADMIN, CAP_NET_ADMIN and CAP_NET_RAW"));
}

TEST(MachineAdvice, OnAnAbilityFitsTheMachine) {
  const Restrictions user = with("none", "0");
  const Restrictions container = in_container(false);
  EXPECT_THAT(advice_on(Ability::root_rights, user),
              ElementsAre("allow user namespaces, or run it as root"));
  EXPECT_THAT(
      advice_on(Ability::root_rights, container),
      ElementsAre("give root CAP_SETUID, CAP_NET_BIND_SERVICE, CAP_NET_ADMIN and CAP_NET_RAW"));
  EXPECT_THAT(advice_on(Ability::other_users, user), ElementsAre("run it as root"));
  EXPECT_THAT(advice_on(Ability::other_users, container),
              ElementsAre("give root more users than one (/proc/self/uid_map) and CAP_SETUID and "
                          "CAP_SETGID"));
  EXPECT_THAT(advice_on(Ability::capture, user),
              ElementsAre("allow user namespaces, or give it CAP_NET_RAW"));
  EXPECT_THAT(advice_on(Ability::capture, container),
              ElementsAre("start the container with --cap-add NET_RAW"));
  EXPECT_THAT(advice_on(Ability::options_of_programs, with("kernel.yama.ptrace_scope", "3")),
              ElementsAre("start the machine with kernel.yama.ptrace_scope below 3, which only a "
                          "reboot can undo"));
  EXPECT_THAT(advice_on(Ability::options_of_programs, in_container(true)),
              ElementsAre(kUnfiltered));
  EXPECT_THAT(advice_on(Ability::sysctls, container),
              ElementsAre("start the container with --privileged: its /proc/sys cannot be written "
                          "to"));
}

TEST(MachineAdvice, IsThereForEveryAbility) {
  for (const auto& [ability, name] : kAbilities.rows())
    EXPECT_FALSE(advice_on(ability, with("none", "0")).empty()) << name;
}

}  // namespace
}  // namespace timewait
