#include "harness/explore/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace timewait {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_of(const Draft& draft) {
  std::vector<std::string> names;
  for (const DraftSocket& socket : draft.sockets()) names.push_back(socket.name);
  return names;
}

TEST(Draft, KnowsWhichSocketsAreOpenAndWhatTheyAre) {
  Draft draft;
  EXPECT_TRUE(draft.make(script_of({"socket a", "bind a 127.0.0.1:12000", "listen a", "socket b",
                                    "connect b 127.0.0.1:12000", "accept a c", "close b"})));
  EXPECT_THAT(names_of(draft), ElementsAre("a", "c"));
  EXPECT_TRUE(draft.sockets()[0].is_listening);
  EXPECT_TRUE(draft.sockets()[1].is_connected);
  EXPECT_EQ(draft.next_name(), "d");
}

TEST(Draft, StopsAtACallThatFails) {
  Draft draft;
  EXPECT_FALSE(
      draft.make(script_of({"socket a", "listen a", "bind a 127.0.0.1:12000", "close a"})));
  EXPECT_EQ(draft.script().size(), 3U);
}

TEST(Draft, EndsBeforeACallThatWouldWaitForEver) {
  Draft draft;
  draft.make(script_of({"socket a", "bind a 127.0.0.1:12000", "listen a 0", "socket b",
                        "connect b 127.0.0.1:12000", "socket c"}));
  EXPECT_FALSE(draft.make(script_of({"connect c 127.0.0.1:12000"})));
  EXPECT_TRUE(draft.is_over());
  const ModelledScript modelled = draft.finish();
  EXPECT_EQ(modelled.script.size(), 6U);
  EXPECT_THAT(modelled.open, ElementsAre("ESTABLISHED", "LISTEN"));
}

TEST(Draft, LeavesOutACallWhoseAnswerAHashDecides) {
  Draft draft;
  draft.make(
      script_of({"socket a", "set a reuseport", "bind a 127.0.0.1:12000", "listen a", "socket b",
                 "set b reuseport", "bind b 127.0.0.1:12000", "listen b", "socket c"}));
  EXPECT_FALSE(draft.make(script_of({"connect c 127.0.0.1:12000"})));
  EXPECT_EQ(draft.script().size(), 9U);
}

TEST(Draft, LeavesOutWhatAnIpv6SocketDoesAfterAnIpv4Connection) {
  Draft draft;
  draft.make(script_of({"socket a tcp6", "dup a b"}));
  draft.make(script_of({"connect b [::ffff:127.0.0.1]:12000"}));
  EXPECT_FALSE(draft.make(script_of({"connect a [::1]:12000"})));
  EXPECT_FALSE(draft.make(script_of({"listen a"})));
  EXPECT_EQ(draft.script().size(), 3U);
}

TEST(Draft, KnowsHowAListenerIsReached) {
  const auto ways = [](SocketKind kind, const char* address) {
    std::vector<std::string> texts;
    const DraftSocket listener{.address = *Endpoint::parse(address)};
    for (const Endpoint& way : ways_to(listener, kind)) texts.push_back(way.text());
    return texts;
  };
  EXPECT_THAT(ways(SocketKind::tcp, "0.0.0.0:12001"), ElementsAre("127.0.0.1:12001"));
  EXPECT_THAT(ways(SocketKind::tcp, "[::ffff:127.0.0.2]:12000"), ElementsAre("127.0.0.2:12000"));
  EXPECT_THAT(ways(SocketKind::tcp6, "127.0.0.2:12000"), ElementsAre("[::ffff:127.0.0.2]:12000"));
  EXPECT_THAT(ways(SocketKind::tcp6, "[::]:12000"),
              ElementsAre("[::1]:12000", "[::ffff:127.0.0.1]:12000"));
  EXPECT_THAT(ways(SocketKind::tcp, "[::1]:12000"), ElementsAre());
}

}  // namespace
}  // namespace timewait
