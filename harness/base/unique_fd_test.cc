#include "harness/base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/base/open_descriptors.h"

namespace timewait {
namespace {

/// A descriptor that nothing owns yet.
int new_descriptor() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

TEST(UniqueFd, IsEmptyUnlessItWasGivenADescriptor) {
  EXPECT_FALSE(UniqueFd());
  EXPECT_FALSE(UniqueFd(-1));
  EXPECT_EQ(UniqueFd().get(), -1);
}

TEST(UniqueFd, HoldsTheDescriptorZero) {
  UniqueFd zero(0);
  EXPECT_TRUE(zero);
  zero.release();
}

TEST(UniqueFd, ClosesWhatItHolds) {
  const int fd = new_descriptor();
  {
    const UniqueFd owner(fd);
    EXPECT_EQ(owner.get(), fd);
    EXPECT_TRUE(is_open(fd));
  }
  EXPECT_FALSE(is_open(fd));
}

TEST(UniqueFd, MovesOwnershipAndLeavesTheSourceEmpty) {
  const int fd = new_descriptor();
  UniqueFd owners[3] = {UniqueFd(fd), UniqueFd(), UniqueFd()};
  owners[1] = std::move(owners[0]);
  EXPECT_EQ(owners[0].get(), -1);
  EXPECT_EQ(owners[1].get(), fd);
  owners[2] = UniqueFd(std::move(owners[1]));
  EXPECT_EQ(owners[1].get(), -1);
  EXPECT_EQ(owners[2].get(), fd);
  EXPECT_TRUE(is_open(fd));
}

TEST(UniqueFd, ClosesWhatItHeldWhenAnotherIsMovedIn) {
  const int old_fd = new_descriptor();
  const int new_fd = new_descriptor();
  UniqueFd owner(old_fd);
  owner = UniqueFd(new_fd);
  EXPECT_FALSE(is_open(old_fd));
  EXPECT_TRUE(is_open(new_fd));
}

TEST(UniqueFd, KeepsItsDescriptorWhenMovedToItself) {
  const int fd = new_descriptor();
  UniqueFd owner(fd);
  UniqueFd& same = owner;
  owner = std::move(same);
  EXPECT_EQ(owner.get(), fd);
  EXPECT_TRUE(is_open(fd));
}

TEST(UniqueFd, ResetClosesTheOldDescriptorAndTakesTheNew) {
  const int old_fd = new_descriptor();
  const int new_fd = new_descriptor();
  UniqueFd owner(old_fd);
  owner.reset(new_fd);
  EXPECT_FALSE(is_open(old_fd));
  EXPECT_EQ(owner.get(), new_fd);
  owner.reset();
  EXPECT_FALSE(is_open(new_fd));
  EXPECT_FALSE(owner);
}

TEST(UniqueFd, ReleaseGivesTheDescriptorAway) {
  const int fd = new_descriptor();
  {
    UniqueFd owner(fd);
    EXPECT_EQ(owner.release(), fd);
    EXPECT_FALSE(owner);
  }
  EXPECT_TRUE(is_open(fd));
  ::close(fd);
}

TEST(UniqueFd, LeavesNoDescriptorAlsoWhenAnExceptionPasses) {
  const auto before = open_descriptors();
  const auto fail = [] {
    const UniqueFd first(new_descriptor());
    const UniqueFd second(new_descriptor());
    throw std::runtime_error("on the way");
  };
  EXPECT_THROW(fail(), std::runtime_error);
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace timewait
