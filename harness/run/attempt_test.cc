#include "harness/run/attempt.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/base/open_descriptors.h"
#include "harness/kernel/socket_table.h"
#include "harness/net/errno_name.h"
#include "harness/run/in_sandbox.h"

namespace timewait {
namespace {

const Endpoint kThere = *Endpoint::parse("127.0.0.1:12000");

/// "bound after socket(tcp), bind(127.0.0.1:12000), listen(5)".
std::string text_of(const Attempt& attempt) {
  std::string text = attempt.outcome().text();
  for (const CallResult& call : attempt.calls())
    text += fmt::format("{}{}({})", &call == &attempt.calls().front() ? " after " : ", ",
                        kSocketCalls.name(call.call), call.arguments);
  return text;
}

std::string attempt_in_sandbox(OptionSet options, bool udp) {
  return in_sandbox([&] { return text_of(Attempt(kThere, options, udp)); });
}

TEST(Attempt, MakesTheCallsOfAServer) {
  EXPECT_EQ(attempt_in_sandbox(OptionSet::plain, false),
            "bound after socket(tcp), bind(127.0.0.1:12000), listen(5)");
  EXPECT_EQ(attempt_in_sandbox(OptionSet::both, false),
            "bound after socket(tcp), setsockopt(SO_REUSEADDR=1), setsockopt(SO_REUSEPORT=1), "
            "bind(127.0.0.1:12000), listen(5)");
}

TEST(Attempt, DoesNotListenWithUdp) {
  EXPECT_EQ(attempt_in_sandbox(OptionSet::reuseaddr, true),
            "bound after socket(udp), setsockopt(SO_REUSEADDR=1), bind(127.0.0.1:12000)");
}

TEST(Attempt, StopsAtTheCallThatFailed) {
  EXPECT_EQ(in_sandbox([] {
              const Attempt first(kThere, OptionSet::plain, false);
              const Attempt second(kThere, OptionSet::plain, false);
              return text_of(second);
            }),
            "bind:EADDRINUSE after socket(tcp), bind(127.0.0.1:12000)");
}

TEST(Attempt, KeepsItsSocketAsLongAsItLives) {
  EXPECT_EQ(in_sandbox([] {
              SocketTable table;
              std::size_t while_it_lives = 0;
              {
                const Attempt attempt(kThere, OptionSet::plain, false);
                while_it_lives = table.read().size();
              }
              return fmt::format("{}, then {}", while_it_lives, table.read().size());
            }),
            "1, then 0");
}

TEST(Attempt, BindsIpv6) {
  const Attempt attempt(*Endpoint::parse("[::1]:0"), OptionSet::plain, false);
  EXPECT_EQ(attempt.outcome(), Outcome::bound());
}

TEST(Attempt, LeavesNoDescriptorAlsoWhenItFails) {
  const auto before = open_descriptors();
  { const Attempt attempt(*Endpoint::parse("127.0.0.1:0"), OptionSet::plain, false); }
  EXPECT_EQ(open_descriptors(), before);
  {
    const Attempt attempt(*Endpoint::parse("192.0.2.1:0"), OptionSet::plain, false);
    EXPECT_EQ(attempt.outcome().text(), "bind:EADDRNOTAVAIL");
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace timewait
