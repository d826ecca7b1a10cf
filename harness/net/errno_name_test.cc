#include "harness/net/errno_name.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

namespace timewait {
namespace {

TEST(ErrnoName, IsReadAsItIsWritten) {
  const struct {
    int error;
    const char* name;
  } rows[] = {
      {EPERM, "EPERM"},           {EAGAIN, "EAGAIN"},         {EINVAL, "EINVAL"},
      {EADDRINUSE, "EADDRINUSE"}, {ECONNRESET, "ECONNRESET"}, {ENETUNREACH, "ENETUNREACH"},
      {EHWPOISON, "EHWPOISON"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(errno_name(row.error), row.name);
    EXPECT_EQ(find_errno(row.name), row.error) << row.name;
  }
}

TEST(ErrnoName, OfANumberWithoutANameIsTheNumber) { EXPECT_EQ(errno_name(4711), "errno 4711"); }

TEST(ErrnoName, IsNotFoundForAWordThatIsNone) {
  for (const char* word : {"", "0", "eaddrinuse", "EADDRINUSE ", "98", "EADDR", "errno 4711"})
    EXPECT_EQ(find_errno(word), std::nullopt) << word;
}

TEST(ErrnoName, IsFoundByTheTextOfPerror) {
  for (const int error : {EPERM, EADDRINUSE, EADDRNOTAVAIL, ECONNREFUSED, EHWPOISON})
    EXPECT_EQ(find_errno_text(std::strerror(error)), error);
  EXPECT_EQ(find_errno_text("Address already in use"), EADDRINUSE);
}

TEST(ErrnoName, IsNotFoundByTheTextOfNoError) {
  for (const char* text : {"", "Success", "Address already in use\n", "Unknown error 4711"})
    EXPECT_EQ(find_errno_text(text), std::nullopt) << text;
}

}  // namespace
}  // namespace timewait
