#include "harness/net/call.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>

namespace timewait {
namespace {

Call parse(const std::string& line) {
  std::istringstream text(line);
  const std::vector<std::string> words{std::istream_iterator<std::string>(text), {}};
  return parse_call(words);
}

/// Which word of a call is wrong, and why.
std::string refusal_of(const std::string& line) {
  try {
    parse(line);
    return "understood";
  } catch (const CallError& error) {
    return std::to_string(error.word()) + ": " + error.what();
  }
}

TEST(Call, IsReadAndWrittenAlike) {
  const char* const lines[] = {
      "socket a",
      "socket a udp6",
      "set a both",
      "bind a 127.0.0.1:12000",
      "bind a [::1]:0",
      "listen a",
      "listen a 0",
      "accept a b",
      "connect a 127.0.0.1:1",
      "disconnect a",
      "send a 40",
      "send a 1 oob",
      "recv a 40",
      "shutdown a write",
      "linger a 0",
      "setsockopt a SO_LINGER 1:0",
      "setsockopt a SO_RCVTIMEO 0:500000",
      "setsockopt a SO_BINDTODEVICE va",
      "setsockopt a SO_ATTACH_FILTER drop",
      "setsockopt a SO_KEEPALIVE nowhere 4",
      "setsockopt a 1:9999 -1",
      "getsockopt a TCP_LINGER2",
      "getsockname a",
      "getpeername 3",
      "poll a 100",
      "poll a 100 hup",
      "nonblock a",
      "dup a b",
      "close a",
      "seteuid 1000",
      "unshare",
      "exit",
  };
  for (const char* line : lines) EXPECT_EQ(text_of(parse(line)), line);
}

TEST(Call, LeavesOutWhatHasItsDefault) {
  EXPECT_EQ(text_of(parse("socket a tcp")), "socket a");
  EXPECT_EQ(text_of(parse("listen a 5")), "listen a");
  EXPECT_EQ(text_of(parse("poll a 1 in")), "poll a 1");
}

TEST(Call, HasARowForEachName) {
  for (int name = 0; name <= static_cast<int>(CallName::exit); ++name)
    EXPECT_EQ(row_of(static_cast<CallName>(name)).name, static_cast<CallName>(name));
  EXPECT_EQ(row_of(CallName::disconnect).call, SocketCall::connect);
  EXPECT_EQ(row_of(CallName::linger).call, SocketCall::setsockopt);
}

TEST(Call, IsInTheReferenceOfThePeer) {
  std::ifstream file(TIMEWAIT_SOURCE_DIR "/fixtures/README.md");
  const std::string reference{std::istreambuf_iterator<char>(file), {}};
  ASSERT_NE(reference, "") << "there is no fixtures/README.md";
  for (const CallRow& row : call_table()) {
    std::string usage(row.word);
    if (!row.arguments.empty()) usage.append(" ").append(row.arguments);
    EXPECT_NE(reference.find("`" + usage + "`"), std::string::npos)
        << "fixtures/README.md lacks `" << usage << "`";
  }
}

TEST(Call, PointsAtTheWordThatIsWrong) {
  const std::string names =
      " is none of socket, set, bind, listen, accept, connect, disconnect, send, recv, shutdown, "
      "linger, setsockopt, getsockopt, getsockname, getpeername, poll, nonblock, dup, close, "
      "seteuid, unshare, exit";
  const struct {
    const char* line;
    std::string refusal;
  } rows[] = {
      {"fly a", "0: \"fly\"" + names},
      {"", "0: \"\"" + names},
      {"socket", "1: the call is: socket NEWNAME [KIND]"},
      {"socket b raw", "2: \"raw\" is none of tcp, udp, tcp6, udp6"},
      {"socket 3", "1: \"3\" is the number of a descriptor, not a name"},
      {"bind a", "2: the call is: bind NAME ADDRESS"},
      {"bind a 127.0.0.1", "2: \"127.0.0.1\" is not ADDRESS:PORT"},
      {"accept a 4", "2: \"4\" is the number of a descriptor, not a name"},
      {"set a broadcast", "2: \"broadcast\" is none of plain, reuseaddr, reuseport, both"},
      {"shutdown a all", "2: \"all\" is none of read, write, both"},
      {"send a 1k", "2: \"1k\" is not a number from 0 to 1048576"},
      {"send a 1 urgent", "3: \"urgent\" is not oob"},
      {"recv a -1", "2: \"-1\" is not a number from 0 to 1048576"},
      {"poll a soon", "2: \"soon\" is not a number from 0 to 1048576"},
      {"poll a 1 err", "3: \"err\" is none of in, out, hup"},
      {"setsockopt a SO_LINGER", "3: the call is: setsockopt NAME OPTION VALUE [SIZE]"},
      {"setsockopt a SO_FLY 1", "2: \"SO_FLY\" is no option and not LEVEL:NUMBER either"},
      {"setsockopt a 1:x 1", "2: \"1:x\" is no option and not LEVEL:NUMBER either"},
      {"setsockopt a SO_DEBUG 0:1", "3: SO_DEBUG does not take \"0:1\""},
      {"setsockopt a SO_DEBUG 2147483648", "3: SO_DEBUG does not take \"2147483648\""},
      {"setsockopt a SO_ATTACH_FILTER all", "3: SO_ATTACH_FILTER does not take \"all\""},
      {"setsockopt a SO_DEBUG 1 65", "4: \"65\" is not a number from 0 to 64"},
      {"getsockopt a", "2: the call is: getsockopt NAME OPTION"},
      {"close a now", "2: the call is: close NAME"},
      {"unshare now", "1: the call is: unshare"},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal_of(row.line), row.refusal) << row.line;
}

TEST(Answer, IsWhatAScriptExpects) {
  EXPECT_EQ(Answer::of(40).text(), "40");
  EXPECT_TRUE(Answer::of(0).ok());
  EXPECT_EQ(Answer::failed(EADDRINUSE).text(), "EADDRINUSE");
  EXPECT_FALSE(Answer::failed(EADDRINUSE).ok());
  EXPECT_EQ((Answer{.address = Endpoint::parse("[::1]:80")}).text(), "[::1]:80");
}

}  // namespace
}  // namespace timewait
