#include "harness/kernel/release.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace timewait {
namespace {

TEST(KernelVersion, IsTheBeginningOfTheRelease) {
  const KernelVersion version = kernel_version();
  EXPECT_TRUE(kernel_release().starts_with(fmt::format("{}.{}", version.major, version.minor)));
}

TEST(KernelVersion, IsOrderedByMajorThenMinor) {
  EXPECT_LT((KernelVersion{5, 15}), (KernelVersion{6, 1}));
  EXPECT_LT((KernelVersion{6, 7}), (KernelVersion{6, 8}));
  EXPECT_LT((KernelVersion{6, 8}), (KernelVersion{6, 12}));
}

}  // namespace
}  // namespace timewait
