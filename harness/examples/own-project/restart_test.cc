#include <gtest/gtest.h>
#include <timewait/timewait.h>

TEST(Restart, NeedsReuseaddrWhileTimeWaitHoldsThePort) try {
  const auto results = timewait::run("server-closes-first/first=plain,rebind=plain");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].verdict, timewait::Verdict::pass) << results[0].reason;
  EXPECT_EQ(results[0].outcome, "bind:EADDRINUSE");
  EXPECT_EQ(results[0].state_of("server"), "TIME_WAIT");
} catch (const timewait::NoSandbox& reason) {
  GTEST_SKIP() << reason.what();
}

// A scenario may also be written where it is used.
TEST(Restart, IsPossibleAtOnceWhenNobodyWasConnected) try {
  const auto results = timewait::run_text(R"(
title   = "A server that nobody asked is killed"
teaches = "Without a connection nothing is left."
from    = ["ours"]
expect  = "bound"
script  = """
server runs message_server
server gets SIGKILL
server dies of SIGKILL
precondition server nothing
rebind
"""
)");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].verdict, timewait::Verdict::pass) << results[0].reason;
  EXPECT_TRUE(results[0].sockets.empty());
} catch (const timewait::NoSandbox& reason) {
  GTEST_SKIP() << reason.what();
}
