#include "harness/scenario/outcome.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace timewait {
namespace {

TEST(Outcome, IsReadAsItIsWritten) {
  const struct {
    const char* text;
    Outcome outcome;
  } rows[] = {
      {"bound", Outcome::bound()},
      {"bind:EADDRINUSE", Outcome::failed(SocketCall::bind, EADDRINUSE)},
      {"listen:EADDRINUSE", Outcome::failed(SocketCall::listen, EADDRINUSE)},
      {"connect:ECONNREFUSED", Outcome::failed(SocketCall::connect, ECONNREFUSED)},
      {"getsockopt:1", Outcome::returned(SocketCall::getsockopt, 1)},
      {"getsockopt:-1", Outcome::returned(SocketCall::getsockopt, -1)},
      {"bind:0", Outcome::returned(SocketCall::bind, 0)},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Outcome::parse(row.text), row.outcome) << row.text;
    EXPECT_EQ(row.outcome.text(), row.text);
  }
}

TEST(Outcome, RefusesWhatIsNone) {
  for (const char* text :
       {"", "Bound", "bind", "bind:", ":EADDRINUSE", "bind:eaddrinuse", "bind: EADDRINUSE",
        "bind:EADDRINUSE,", "select:EADDRINUSE", "recv:4x", "recv:+4", "recv:99999999999"})
    EXPECT_EQ(Outcome::parse(text), std::nullopt) << text;
}

TEST(Outcome, DiffersWhenCallErrnoOrNumberDo) {
  const Outcome outcome = Outcome::failed(SocketCall::bind, EADDRINUSE);
  EXPECT_NE(outcome, Outcome::failed(SocketCall::listen, EADDRINUSE));
  EXPECT_NE(outcome, Outcome::failed(SocketCall::bind, EACCES));
  EXPECT_NE(outcome, Outcome::bound());
  EXPECT_NE(outcome, Outcome::returned(SocketCall::bind, EADDRINUSE));
  EXPECT_NE(Outcome::returned(SocketCall::bind, 0), Outcome::bound());
  EXPECT_NE(Outcome::returned(SocketCall::recv, 0), Outcome::returned(SocketCall::recv, 4));
}

TEST(Outcome, TellsBoundFailedAndReturnedApart) {
  EXPECT_TRUE(Outcome::bound().is_bound());
  EXPECT_FALSE(Outcome::bound().has_failed());
  EXPECT_TRUE(Outcome::failed(SocketCall::bind, EACCES).has_failed());
  EXPECT_FALSE(Outcome::failed(SocketCall::bind, EACCES).is_bound());
  EXPECT_FALSE(Outcome::returned(SocketCall::bind, 0).has_failed());
  EXPECT_FALSE(Outcome::returned(SocketCall::bind, 0).is_bound());
}

}  // namespace
}  // namespace timewait
