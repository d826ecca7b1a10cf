// What becomes of a run where the machine refuses something: the rung that is taken, what is said
// about it, and, by the exit status, that no verdict is wrong. under_condition makes such a
// machine, where it can, in namespaces of the test's own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/test_records.h"
#include "harness/cli/under_condition.h"
#include "harness/kernel/user_namespace_probe.h"

namespace timewait {
namespace {

using testing::HasSubstr;

constexpr bool kIsSanitized = !std::string_view(TIMEWAIT_SANITIZE).empty();

using Words = std::vector<std::string>;

struct Refusal {
  const char* name;
  Words conditions;
  Words cells;
  int exit;
  Words said;  ///< on standard output or standard error
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// A user with a network of her own to stand for a machine, who may make no namespace in it.
const Words kUserAlone = {"user:1000", "network", "sysctl:user/max_user_namespaces=0"};
/// Somebody with all rights over such a network.
const Words kRootAlone = {"user:0", "network", "sysctl:user/max_user_namespaces=0"};

/// 25 cells of the documents' pairs.
const Words kPairs = {"server-closes-first", "client-closes-first"};
constexpr const char* kAllPass = "25 cells: ✓ 25 pass";

constexpr const char* kUserRung = ", user+net+pid namespaces\n";
constexpr const char* kRootRung = ", net+pid namespaces as root\n";
constexpr const char* kLowestRung = ", the machine's own loopback\n";

const Refusal kRefusals[] = {
    {"Nothing", {"nobody", "namespaces-work"}, kPairs, 0, {kAllPass, kUserRung}},
    {"UserNamespacesToRoot",
     kRootAlone,
     kPairs,
     0,
     {kAllPass, kRootRung, "not used: user+net+pid namespaces: clone3(): No space left on device"}},
    {"UserNamespacesToAUser",
     kUserAlone,
     kPairs,
     0,
     {kAllPass, kLowestRung, "not used: user+net+pid namespaces: clone3(): No space left on device",
      "net+pid namespaces as root: clone3(): Operation not permitted",
      "no segments: segments cannot be captured"}},
    {"TheLinkInNewNamespaces",
     {"user:0", "network", "no-link-up"},
     kPairs,
     0,
     {kAllPass, kLowestRung,
      "not used: user+net+pid namespaces: ioctl(SIOCSIFFLAGS, lo up): Operation not permitted; "
      "net+pid namespaces as root: ioctl(SIOCSIFFLAGS, lo up): Operation not permitted"}},
    {"TheIdMap",
     {"user:1000", "network", "read-only:/proc"},
     kPairs,
     0,
     {kAllPass, kLowestRung, "open(/proc/self/setgroups): Read-only file system"}},
    {"NamespacesAsDockerDoes",
     {"user:0", "network", "no-namespaces"},
     kPairs,
     0,
     {kAllPass, kLowestRung,
      "not used: user+net+pid namespaces: clone(): Operation not permitted"}},
    {"CaptureInNamespaces",
     kRootAlone + Words{"no-capture"},
     kPairs,
     0,
     {kAllPass, kRootRung, "no segments: segments cannot be captured"}},
    {"WhatOnlyRootMay",
     kRootAlone + Words{"no-capture"},
     {"what-only-root-may/what=another-device,user=root"},
     kCannotRunHere,
     {"1 skip", "root of the sandbox lacks CAP_NET_RAW"}},
    {"IPv6",
     {"namespaces-work", "no-ipv6"},
     kPairs + Words{"ipv6-listeners", "ipv6-only-too-late"},
     0,
     {"✓ 29 pass", "this machine has no IPv6 on its loopback"}},
    {"Sysctls",
     {"user:0", "read-only:/proc/sys"},
     kPairs + Words{"tcp-tw-reuse"},
     0,
     {"✓ 25 pass", "is refused: Read-only file system"}},
    {"ProcToRoot", {"user:0", "no-proc"}, kPairs, 0, {kAllPass, kRootRung}},
    {"ProcToAUser",
     {"user:1000", "no-proc"},
     kPairs,
     kCannotRunHere,
     {"timewait: cannot run here: ", "/proc does not show what a cell leaves behind"}},
    {"TheSocketTable",
     {"user:0", "network", "no-netlink"},
     kPairs,
     kCannotRunHere,
     {"timewait: cannot run here: ", "user+net+pid namespaces: ", "the machine's own loopback: "}},
    {"ARungThatIsAskedFor",
     kUserAlone,
     kPairs + Words{"--isolation", "root"},
     kCannotRunHere,
     {"timewait: cannot run here: net+pid namespaces as root: clone3(): Operation not "
      "permitted\n"}},
    {"PortsOfOnesOwn",
     Words{"user:1000", "network", "sysctl:net/ipv4/ip_local_port_range=1024 65535",
           "sysctl:user/max_user_namespaces=0"},
     kPairs,
     kCannotRunHere,
     {"only 0 ports from 1024 on are below those that the kernel chooses"}},
    {"TheUsualPorts",
     Words{"user:1000", "network", "sysctl:net/ipv4/ip_local_port_range=5000 32000",
           "sysctl:user/max_user_namespaces=0"},
     kPairs,
     0,
     {kAllPass, kLowestRung}},
    {"RoomForTimeWait",
     Words{"user:1000", "network", "sysctl:net/ipv4/tcp_max_tw_buckets=0",
           "sysctl:user/max_user_namespaces=0"},
     {"server-closes-first", "listing-3-restarted-when-idle"},
     0,
     {"✓ 2 pass, – 16 skip",
      "needs a network of its own: this machine has net.ipv4.tcp_max_tw_buckets = 0"}},
};

class RefusedHere : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedHere, IsSaidAndMakesNoVerdictWrong) {
  const Refusal& refusal = GetParam();
  const Words command =
      Words{TIMEWAIT_UNDER_CONDITION} + refusal.conditions +
      Words{"--", "/usr/bin/env", "COLUMNS=400", timewait_path(), "run", "--no-out"} +
      refusal.cells;
  if (kIsSanitized && testing::Value(refusal.conditions, testing::Contains("no-proc")))
    GTEST_SKIP() << "the sanitizers need /proc";
  const CommandResult result = run_command(command);
  if (result.end.number == kConditionNotHere) GTEST_SKIP() << result.errors;
  const std::string all = result.output + result.errors;
  EXPECT_EQ(result.end.number, refusal.exit) << all;
  for (const std::string& words : refusal.said) EXPECT_THAT(all, HasSubstr(words));
}

INSTANTIATE_TEST_SUITE_P(Every, RefusedHere, testing::ValuesIn(kRefusals),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace timewait
