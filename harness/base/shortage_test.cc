#include "harness/base/shortage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <new>
#include <system_error>

#include "harness/base/error.h"

namespace timewait {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Shortage, IsNoRefusalOfAPort) {
  EXPECT_TRUE(is_shortage(EMFILE));
  EXPECT_TRUE(is_shortage(ENOMEM));
  EXPECT_FALSE(is_shortage(EADDRINUSE));
  EXPECT_FALSE(is_shortage(0));
}

TEST(Shortage, IsNamedWithWhatToDo) {
  const struct {
    int error;
    const char* advice;
  } rows[] = {
      {EMFILE, "raise `ulimit -n`"}, {ENFILE, "fs.file-max"},     {EAGAIN, "`ulimit -u`"},
      {ENOMEM, "`ulimit -v`"},       {ENOSPC, "make room"},       {EDQUOT, "make room"},
      {EFBIG, "raise `ulimit -f`"},  {ENOBUFS, "no memory left"},
  };
  for (const auto& row : rows) EXPECT_THAT(advice_for(row.error), HasSubstr(row.advice));
  EXPECT_EQ(advice_for(ENOENT), "");
}

TEST(Shortage, IsPartOfTheTextOfAnError) {
  EXPECT_THAT(SystemError("pipe2()", EMFILE).what(),
              StartsWith("pipe2(): Too many open files (this process may have "));
  EXPECT_STREQ(SystemError("open(x)", ENOENT).what(), "open(x): No such file or directory");
}

TEST(Shortage, IsToldOfExceptionsThatAreNotOurs) {
  EXPECT_THAT(reason_of(std::bad_alloc()), StartsWith("out of memory (there is no memory left"));
  EXPECT_THAT(reason_of(std::system_error(ENOSPC, std::generic_category(), "cannot write")),
              EndsWith("No space left on device (make room, or name another place)"));
  EXPECT_EQ(reason_of(Error("no")), "no");
}

}  // namespace
}  // namespace timewait
