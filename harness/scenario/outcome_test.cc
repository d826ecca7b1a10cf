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
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Outcome::parse(row.text), row.outcome) << row.text;
    EXPECT_EQ(row.outcome.text(), row.text);
  }
}

TEST(Outcome, RefusesWhatIsNone) {
  for (const char* text :
       {"", "Bound", "bind", "bind:", ":EADDRINUSE", "bind:98", "bind:eaddrinuse",
        "bind: EADDRINUSE", "bind:EADDRINUSE,", "poll:EADDRINUSE"})
    EXPECT_EQ(Outcome::parse(text), std::nullopt) << text;
}

TEST(Outcome, DiffersWhenCallOrErrnoDo) {
  const Outcome outcome = Outcome::failed(SocketCall::bind, EADDRINUSE);
  EXPECT_NE(outcome, Outcome::failed(SocketCall::listen, EADDRINUSE));
  EXPECT_NE(outcome, Outcome::failed(SocketCall::bind, EACCES));
  EXPECT_NE(outcome, Outcome::bound());
}

}  // namespace
}  // namespace timewait
