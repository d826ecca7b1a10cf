#include "harness/net/caller.h"

#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "harness/base/open_descriptors.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

/// What a call gives; "refused: ..." where it is not made.
std::string answer(Caller& caller, const std::string& line) {
  std::istringstream text(line);
  const std::vector<std::string> words{std::istream_iterator<std::string>(text), {}};
  try {
    return caller.make(parse_call(words)).text();
  } catch (const CallError& error) {
    return std::string("refused: ") + error.what();
  }
}

/// What the calls of a script give, one a line, in a network of their own.
std::string answers(const std::string& script, Caller::Waiting waiting = Caller::Waiting::yes) {
  return in_sandbox([&] {
    Caller caller(waiting);
    std::istringstream lines(script);
    std::string all;
    for (std::string line; std::getline(lines, line);)
      if (line.find("socket") == 0 || line.find("accept") == 0 || line.find("dup") == 0) {
        const std::string made = answer(caller, line);
        all += made.find_first_not_of("0123456789") == std::string::npos ? "" : made + "\n";
      } else {
        all += answer(caller, line) + "\n";
      }
    return all;
  });
}

constexpr const char* kConnected =
    "socket l\nset l reuseaddr\nbind l 127.0.0.1:12000\nlisten l\n"
    "socket c\nconnect c 127.0.0.1:12000\naccept l s\n";
constexpr const char* kConnectedAnswers = "0\n0\n0\n0\n";

TEST(Caller, MakesTheCallsOfAConnection) {
  EXPECT_EQ(answers(std::string(kConnected) + "send c 7\nrecv s 40\nshutdown c write\nrecv s 1\n"),
            std::string(kConnectedAnswers) + "7\n7\n0\n0\n");
}

TEST(Caller, TellsBothEndsOfAConnection) {
  EXPECT_EQ(answers(std::string(kConnected) + "getsockname l\ngetpeername c\ngetpeername l\n"),
            std::string(kConnectedAnswers) + "127.0.0.1:12000\n127.0.0.1:12000\nENOTCONN\n");
}

TEST(Caller, TellsAddressesOfBothFamilies) {
  EXPECT_EQ(answers("socket a tcp6\nbind a [::1]:12000\ngetsockname a\n"), "0\n[::1]:12000\n");
}

TEST(Caller, TellsTheErrno) {
  EXPECT_EQ(answers("socket a\nsocket b\nbind a 127.0.0.1:12000\nbind b 127.0.0.1:12000\n"
                    "bind a 127.0.0.1:12001\nconnect b 127.0.0.1:1\nlisten 999\n"),
            "0\nEADDRINUSE\nEINVAL\nECONNREFUSED\nEBADF\n");
}

TEST(Caller, DisconnectsToAPortOfItsOwn) {
  EXPECT_EQ(answers(std::string(kConnected) + "disconnect c\ngetpeername c\n"),
            std::string(kConnectedAnswers) + "0\nENOTCONN\n");
}

TEST(Caller, DoesNotWaitOnASocketThatMustNot) {
  EXPECT_EQ(answers(std::string(kConnected) + "nonblock c\nrecv c 1\nnonblock l\naccept l t\n"),
            std::string(kConnectedAnswers) + "0\nEAGAIN\n0\nEAGAIN\n");
}

TEST(Caller, DoesNotWaitWhenItIsToldNotTo) {
  EXPECT_EQ(answers(std::string(kConnected) + "recv c 1\naccept l t\n", Caller::Waiting::no),
            std::string(kConnectedAnswers) + "EAGAIN\nEAGAIN\n");
}

TEST(Caller, KnowsADuplicateByItsOwnName) {
  EXPECT_EQ(answers("socket a\nbind a 127.0.0.1:12000\ndup a b\nclose a\ngetsockname b\n"),
            "0\n0\n127.0.0.1:12000\n");
}

TEST(Caller, PollsForWhatItIsTold) {
  EXPECT_EQ(answers(std::string(kConnected) +
                    "poll s 0\npoll s 0 out\nsend c 1\npoll s 10000\nclose c\nclose s\n"),
            std::string(kConnectedAnswers) + "0\n1\n1\n1\n0\n0\n");
}

TEST(Caller, LeavesTheNetwork) {
  EXPECT_EQ(answers("socket a\nbind a 127.0.0.1:12000\nunshare\nsocket b\n"
                    "bind b 127.0.0.1:12000\nlisten b\nsocket c\nconnect c 127.0.0.1:12000\n"),
            "0\n0\n0\n0\n0\n");
}

TEST(Caller, BecomesAnotherUserAndRootAgain) {
  const std::string result =
      answers("seteuid 1000\nsocket a\nbind a 127.0.0.1:80\nseteuid 0\nbind a 127.0.0.1:80\n");
  if (result.starts_with("EINVAL")) GTEST_SKIP() << "the sandbox has one user only";
  EXPECT_EQ(result, "0\nEACCES\n0\n0\n");
}

TEST(Caller, RefusesNamesThatAreTakenOrUnknown) {
  EXPECT_EQ(answers("socket a\nsocket a\naccept a a\ndup a a\nlisten b\n"),
            "refused: a socket is already called \"a\"\n"
            "refused: a socket is already called \"a\"\n"
            "refused: a socket is already called \"a\"\n"
            "refused: no socket is called \"b\"\n");
}

TEST(Caller, ClosesItsSocketsWithItself) {
  const auto before = open_descriptors();
  {
    Caller caller;
    answer(caller, "socket a");
    answer(caller, "dup a b");
    answer(caller, "socket c udp");
    EXPECT_EQ(open_descriptors(), before + 3);
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace timewait
