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
#include "harness/run/sandbox.h"

namespace timewait {
namespace {

/// What `body` returns as the first process of a fresh sandbox, or the text of what it threw.
std::string in_sandbox(const std::function<std::string()>& body) {
  Sandbox sandbox(probe_isolation().rung.value(), body);
  sandbox.wait();
  std::array<char, 4096> answer{};
  const ssize_t size = ::read(sandbox.output(), answer.data(), answer.size());
  return {answer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

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
