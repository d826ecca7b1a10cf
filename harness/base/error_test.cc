#include "harness/base/error.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include <cerrno>

namespace timewait {
namespace {

TEST(Check, ReturnsWhatTheCallReturned) {
  EXPECT_EQ(check(0, "call()"), 0);
  EXPECT_EQ(check(7L, std::string("call()")), 7L);
}

TEST(Check, ThrowsTheCallWithItsArgumentsAndTheReason) {
  const auto open_missing = [] { check(::open("/nowhere", O_RDONLY), "open(/nowhere)"); };
  EXPECT_THAT(open_missing,
              testing::ThrowsMessage<SystemError>("open(/nowhere): No such file or directory"));
}

TEST(SystemError, KeepsTheErrno) {
  errno = EPERM;
  try {
    check(-1, std::string("call()"));
    FAIL() << "nothing was thrown";
  } catch (const SystemError& error) {
    EXPECT_EQ(error.error(), EPERM);
    EXPECT_STREQ(error.what(), "call(): Operation not permitted");
  }
}

}  // namespace
}  // namespace timewait
