#include "harness/kernel/release.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/utsname.h>

namespace timewait {
namespace {

TEST(KernelVersion, IsTheBeginningOfTheRelease) {
  const KernelVersion version = kernel_version();
  EXPECT_TRUE(kernel_release().starts_with(fmt::format("{}.{}", version.major, version.minor)));
}

TEST(Architecture, IsThatOfTheRunningKernel) {
  utsname name{};
  ASSERT_EQ(::uname(&name), 0);
  EXPECT_EQ(architecture(), name.machine);
}

TEST(KernelVersion, IsOrderedByMajorThenMinor) {
  EXPECT_TRUE((KernelVersion{6, 1}) >= (KernelVersion{5, 15}));
  EXPECT_TRUE((KernelVersion{6, 12}) >= (KernelVersion{6, 8}));
  EXPECT_TRUE((KernelVersion{6, 8}) >= (KernelVersion{6, 8}));
  EXPECT_FALSE((KernelVersion{6, 7}) >= (KernelVersion{6, 8}));
}

}  // namespace
}  // namespace timewait
