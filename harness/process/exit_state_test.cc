#include "harness/process/exit_state.h"

#include <gtest/gtest.h>

#include <csignal>

namespace timewait {
namespace {

using How = ExitState::How;

siginfo_t report(int code, int status) {
  siginfo_t info{};
  info.si_code = code;
  info.si_status = status;
  return info;
}

TEST(ExitState, ReadsWhatWaitidReports) {
  const struct {
    const char* text;
    int code;
    int status;
    ExitState state;
  } rows[] = {
      {"exit 0", CLD_EXITED, 0, {How::exited, 0}},
      {"exit 15", CLD_EXITED, 15, {How::exited, 15}},
      {"killed by SIGTERM", CLD_KILLED, SIGTERM, {How::killed, SIGTERM}},
      {"killed by SIGSEGV", CLD_DUMPED, SIGSEGV, {How::killed, SIGSEGV}},
      {"killed by signal 40", CLD_KILLED, 40, {How::killed, 40}},
  };
  for (const auto& row : rows) {
    const ExitState state = ExitState::of(report(row.code, row.status));
    EXPECT_EQ(state, row.state) << row.text;
    EXPECT_EQ(state.text(), row.text);
  }
}

TEST(ExitState, IsSuccessOnlyForExitStatusZero) {
  EXPECT_TRUE((ExitState{How::exited, 0}).is_success());
  EXPECT_FALSE((ExitState{How::exited, 1}).is_success());
  EXPECT_FALSE((ExitState{How::killed, 0}).is_success());
}

TEST(SignalName, IsReadAsItIsWritten) {
  for (const int signal : {SIGHUP, SIGINT, SIGKILL, SIGTERM, SIGSTOP, SIGCONT, SIGPIPE})
    EXPECT_EQ(find_signal(signal_name(signal)), signal);
  EXPECT_EQ(signal_name(SIGKILL), "SIGKILL");
  EXPECT_EQ(signal_name(99), "signal 99");
}

TEST(SignalName, IsNotFoundForAWordThatIsNone) {
  for (const char* word : {"", "KILL", "sigkill", "SIGKILLS", "9", "SIGNOTHING"})
    EXPECT_EQ(find_signal(word), 0) << word;
}

}  // namespace
}  // namespace timewait
