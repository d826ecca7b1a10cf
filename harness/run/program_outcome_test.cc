#include "harness/run/program_outcome.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <csignal>

#include "harness/base/error.h"

namespace timewait {
namespace {

using How = ExitState::How;

ExitState exit_of(SocketCall call) { return {.how = How::exited, .number = exit_status(call)}; }

TEST(FailedCall, IsTheOneThatStatusAndMessageAgreeOn) {
  const struct {
    SocketCall call;
    const char* errors;
    int error;
  } rows[] = {
      {SocketCall::bind, "bind: Address already in use\n", EADDRINUSE},
      {SocketCall::bind, "bind: Permission denied", EACCES},
      {SocketCall::listen, "a warning\nlisten: Address already in use\n", EADDRINUSE},
      {SocketCall::connect, "connect: Connection refused\n", ECONNREFUSED},
      {SocketCall::exec, "exec: No such file or directory\n", ENOENT},
  };
  for (const auto& row : rows)
    EXPECT_EQ(failed_call(exit_of(row.call), row.errors), Outcome::failed(row.call, row.error))
        << row.errors;
}

TEST(FailedCall, IsNoneWhenTheProgramEndedOtherwise) {
  const ExitState ends[] = {
      {How::exited, 0},  {How::exited, 1},       {How::exited, 2},
      {How::exited, 19}, {How::killed, SIGKILL}, {How::killed, exit_status(SocketCall::bind)},
  };
  for (const ExitState& end : ends)
    EXPECT_EQ(failed_call(end, "bind: Address already in use\n"), std::nullopt) << end.text();
}

TEST(FailedCall, IsNotBelievedWhenStatusAndMessageContradictEachOther) {
  const struct {
    const char* errors;
    const char* printed;
  } rows[] = {
      {"listen: Address already in use\n", "listen: Address already in use"},
      {"bind: Address already in use\nand so on\n", "and so on"},
      {"bind: Good luck\n", "bind: Good luck"},
      {"bind: Success\n", "bind: Success"},
      {"bind\n", "bind"},
      {"", ""},
  };
  for (const auto& row : rows)
    EXPECT_THAT(
        [&] { failed_call(exit_of(SocketCall::bind), row.errors); },
        testing::ThrowsMessage<Error>(
            std::string("the program contradicts itself: exit 22 means that bind failed, but "
                        "it printed \"") +
            row.printed + "\""));
}

}  // namespace
}  // namespace timewait
