#include "harness/net/option_set.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>

#include "harness/base/unique_fd.h"

namespace timewait {
namespace {

bool has_option(const UniqueFd& fd, int option) {
  int value = 0;
  socklen_t size = sizeof value;
  EXPECT_EQ(::getsockopt(fd.get(), SOL_SOCKET, option, &value, &size), 0);
  return value != 0;
}

TEST(OptionSet, IsReallySetOnTheSocket) {
  const struct {
    OptionSet set;
    std::size_t calls;
    bool reuseaddr, reuseport;
  } rows[] = {
      {OptionSet::plain, 0, false, false},
      {OptionSet::reuseaddr, 1, true, false},
      {OptionSet::reuseport, 1, false, true},
      {OptionSet::both, 2, true, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(kOptionSets.name(row.set));
    const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto calls = apply(row.set, fd.get());
    EXPECT_EQ(calls.size(), row.calls);
    for (const CallResult& call : calls) EXPECT_TRUE(call.ok());
    EXPECT_EQ(has_option(fd, SO_REUSEADDR), row.reuseaddr);
    EXPECT_EQ(has_option(fd, SO_REUSEPORT), row.reuseport);
    EXPECT_EQ(has_reuseaddr(row.set), row.reuseaddr);
    EXPECT_EQ(has_reuseport(row.set), row.reuseport);
  }
}

TEST(OptionSet, SetsReuseaddrFirst) {
  const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto calls = apply(OptionSet::both, fd.get());
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].arguments, "SO_REUSEADDR=1");
  EXPECT_EQ(calls[1].arguments, "SO_REUSEPORT=1");
}

TEST(OptionSet, MakesNoCallWhenPlain) {
  constexpr int kNoSocket = -1;  // on which every call would fail
  EXPECT_TRUE(apply(OptionSet::plain, kNoSocket).empty());
}

TEST(OptionSet, StopsAtTheFirstCallThatFailed) {
  const auto calls = apply(OptionSet::both, -1);
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].arguments, "SO_REUSEADDR=1");
  EXPECT_EQ(calls[0].error, EBADF);
}

}  // namespace
}  // namespace timewait
