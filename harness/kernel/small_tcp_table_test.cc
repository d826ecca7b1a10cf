#include "harness/kernel/small_tcp_table.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>

#include "harness/base/error.h"
#include "harness/kernel/sysctl.h"
#include "harness/kernel/user_namespace_probe.h"
#include "harness/run/test_sandbox.h"

namespace timewait {
namespace {

/// The size of the hash table of the caller's network: negative when it is shared with others.
constexpr const char* kSize = "net.ipv4.tcp_ehash_entries";

bool kernel_can() {
  try {
    read_sysctl(kSize);
    return true;
  } catch (const CannotRunHere&) {
    return false;
  }
}

TEST(SmallTcpTable, IsTheSandboxesOwn) {
  if (!kernel_can()) GTEST_SKIP() << "that needs Linux 6.1";
  EXPECT_EQ(in_sandbox([] { return read_sysctl(kSize); }), "1024");
}

TEST(SmallTcpTable, LeavesWhatIsDerivedFromItsSizeAsItWas) {
  for (const std::string name : {"net.ipv4.tcp_max_tw_buckets", "net.ipv4.tcp_max_syn_backlog"})
    EXPECT_EQ(in_sandbox([&] {
                // A network made in the ordinary way, in a user namespace that may do so.
                check(::unshare(CLONE_NEWNET), "unshare()");
                return read_sysctl(name);
              }),
              in_sandbox([&] { return read_sysctl(name); }))
        << name;
}

}  // namespace
}  // namespace timewait
