#include "harness/report/entry_words.h"

#include <gtest/gtest.h>

#include "harness/report/record_story.h"

namespace timewait {
namespace {

TEST(ConnectionWords, NameBothEndsWhereThereAreTwo) {
  EXPECT_EQ(connection_words(listener()), "0.0.0.0:12000");
  EXPECT_EQ(connection_words(entry(TcpState::established, "[::1]:12000", "[::1]:40312")),
            "[::1]:12000 -> [::1]:40312");
}

TEST(RemarksOn, AreNoneWhereNothingIsKnown) {
  EXPECT_EQ(remarks_on(entry(TcpState::listen, "0.0.0.0:12000", "0.0.0.0:0")), "");
}

TEST(RemarksOn, NameWhoHasTheEntryOpen) {
  EXPECT_EQ(remarks_on(listener()), "server, SO_REUSEADDR");
  SocketEntry orphan = listener();
  orphan.inode = 0;
  EXPECT_EQ(remarks_on(orphan), "no process, SO_REUSEADDR");
}

TEST(RemarksOn, SayWhatWaitsInIt) {
  SocketEntry waited_for = listener();
  waited_for.unread = 2;
  EXPECT_EQ(remarks_on(waited_for), "server, 2 to accept, SO_REUSEADDR");
  waited_for.state = TcpState::close_wait;
  EXPECT_EQ(remarks_on(waited_for), "server, 2 unread, SO_REUSEADDR");
}

TEST(RemarksOn, SayHowLongTheKernelKeepsIt) {
  SocketEntry waiting = time_wait_entry("127.0.0.1:12000", "127.0.0.1:40312");
  EXPECT_EQ(remarks_on(waiting), "no process, 59.99 s left");
  waiting.options = OptionSet::plain;
  EXPECT_EQ(remarks_on(waiting), "no process, 59.99 s left, no option");
}

TEST(RemarksOn, CountNoOtherTimer) {
  SocketEntry closing = entry(TcpState::fin_wait1, "127.0.0.1:12000", "127.0.0.1:40312", false);
  closing.timer = SocketTimer::retransmit;
  closing.timer_left = std::chrono::milliseconds(200);
  EXPECT_EQ(remarks_on(closing), "no process");
}

}  // namespace
}  // namespace timewait
