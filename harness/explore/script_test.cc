#include "harness/explore/script.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace timewait {
namespace {

Call call(const char* line) { return script_of({line}).front(); }

TEST(Script, IsReadAsItIsWritten) {
  const std::vector<std::string> lines{"socket a tcp6", "setsockopt a IPV6_V6ONLY 1",
                                       "bind a [::1]:12000", "listen a", "accept a b"};
  EXPECT_EQ(texts_of(script_of(lines)), lines);
}

TEST(Script, ComparesAnswersWithoutWhatTheKernelChooses) {
  const Answer name{.address = Endpoint::parse("127.0.0.1:40000")};
  EXPECT_EQ(comparable_text(call("getsockname a"), name), "127.0.0.1:*");
  EXPECT_EQ(comparable_text(call("socket a"), Answer::of(7)), "a descriptor");
  EXPECT_EQ(comparable_text(call("accept a b"), Answer::of(7)), "a descriptor");
  EXPECT_EQ(comparable_text(call("recv a 10"), Answer::of(7)), "7");
}

TEST(Script, ComparesTheRestOfAnAnswer) {
  const Answer name{.address = Endpoint::parse("127.0.0.1:12001")};
  EXPECT_EQ(comparable_text(call("getsockname a"), name), "127.0.0.1:12001");
  EXPECT_EQ(comparable_text(call("socket a"), Answer::failed(EMFILE)), "EMFILE");
  EXPECT_EQ(comparable_text(call("bind a 127.0.0.1:12000"), Answer::failed(EADDRINUSE)),
            "EADDRINUSE");
}

TEST(Script, TakesACallThatWasInterruptedForOneThatWaits) {
  EXPECT_EQ(comparable_text(call("accept a b"), Answer::failed(EAGAIN)), "waits");
  EXPECT_EQ(comparable_text(call("connect a 127.0.0.1:12000"), Answer::failed(EINTR)), "waits");
}

}  // namespace
}  // namespace timewait
