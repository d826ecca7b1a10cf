// timewait run --step: one cell, a step at a time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "harness/base/deadline.h"
#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"
#include "harness/process/child_process.h"

namespace timewait {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr Duration kPatience = std::chrono::seconds(20);

const std::vector<std::string> kSteps = {
    "   1  server runs message_server with plain\n",
    "   2  client runs message_client\n",
    "   3  server gets SIGSTOP\n",
    "   4  client types hello\n",
    "   5  server has 40 unread\n",
    "   6  client gets SIGSTOP\n",
    "   7  server gets SIGCONT\n",
    "   8  server exits\n",
    "   9  await server FIN_WAIT2\n",
    "  10  client gets SIGCONT\n",
    "  11  client exits\n",
    "  12  precondition client nothing\n",
    "  13  precondition server TIME_WAIT\n",
    "  14  rebind with plain\n",
};

std::vector<std::string> step_command(const std::string& cell) {
  return {"/usr/bin/env", "-u", "CLICOLOR_FORCE", "LC_ALL=C.UTF-8", "COLUMNS=100", timewait_path(),
          "run",          cell, "--no-out",       "--step"};
}

/// Runs it with a standard input that is at its end.
CommandResult run_through(const std::string& cell) { return run_command(step_command(cell)); }

/// What is printed about one step: from its announcement to that of the next.
std::string part_of(const std::string& output, std::size_t step) {
  const auto from = output.find(kSteps.at(step));
  const auto to = step + 1 < kSteps.size() ? output.find(kSteps[step + 1]) : output.size();
  if (from == std::string::npos || to == std::string::npos) return "";
  return output.substr(from, to - from);
}

TEST(StepByStep, RunsThroughAtTheEndOfItsInput) {
  const auto result = run_through(kTimeWaitCell);
  EXPECT_EQ(result.end.number, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("first=plain,rebind=plain\n"));
  for (std::size_t i = 0; i < kSteps.size(); ++i)
    EXPECT_NE(part_of(result.output, i), "") << kSteps[i] << "in\n" << result.output;
  EXPECT_THAT(result.output, HasSubstr("1 pass")) << "the matrix comes last";
}

TEST(StepByStep, SaysWhatAStepDoesAndWhatCameOfIt) {
  const std::string output = run_through(kTimeWaitCell).output;
  EXPECT_EQ(part_of(output, 0),
            "   1  server runs message_server with plain\n"
            "      server starts message_server with no option; the script goes on when the kernel "
            "shows its\n"
            "      listener at 0.0.0.0:12000\n"
            "      → its socket has plain\n"
            "      LISTEN  0.0.0.0:12000  server\n\n");
  EXPECT_THAT(part_of(output, 7), HasSubstr("\n      → exit 0\n"));
  EXPECT_THAT(part_of(output, 13), HasSubstr("\n      → bind:EADDRINUSE\n"));
}

TEST(StepByStep, ShowsTheSocketTableAfterEachStep) {
  const std::string output = run_through(kTimeWaitCell).output;
  const std::string client = " +127\\.0\\.0\\.1:[0-9]+ -> 127\\.0\\.0\\.1:12000  client";
  const std::string server = " +127\\.0\\.0\\.1:12000 -> 127\\.0\\.0\\.1:[0-9]+  ";
  EXPECT_THAT(part_of(output, 1),
              AllOf(ContainsRegex("LISTEN +0\\.0\\.0\\.0:12000 +server"),
                    ContainsRegex("ESTABLISHED" + client), ContainsRegex("ESTABLISHED" + server)));
  EXPECT_THAT(part_of(output, 4),
              ContainsRegex("ESTABLISHED" + server + ".*40 unread, no option\n"));
  EXPECT_THAT(part_of(output, 8), AllOf(ContainsRegex("FIN_WAIT2" + server + "no process, "),
                                        ContainsRegex("CLOSE_WAIT" + client)));
}

TEST(StepByStep, ShowsHowLongTimeWaitLasts) {
  const std::string output = run_through(kTimeWaitCell).output;
  for (const std::size_t step : {10u, 12u, 13u})
    EXPECT_THAT(part_of(output, step),
                ContainsRegex("TIME_WAIT  127\\.0\\.0\\.1:12000 -> 127\\.0\\.0\\.1:[0-9]+  "
                              "no process, [56][0-9]\\.[0-9]+ s left, no option\n\n"))
        << kSteps[step];
}

TEST(StepByStep, EndsWithTheExitCodeOfItsVerdict) {
  const TemporaryFolder folder;
  const auto file =
      folder.write("wrong.toml", scenario_around(kIdleServerInterrupted, "bind:EADDRINUSE"));
  const auto result = run_through(file);
  EXPECT_EQ(result.end.number, kFail);
  EXPECT_THAT(result.output, HasSubstr("the socket table is empty\n"));
  EXPECT_THAT(result.output, HasSubstr("expected bind:EADDRINUSE, got bound"));
}

/// A run whose steps somebody tells to go on, line by line.
class WatchedRun {
 public:
  WatchedRun() : process_(step_command(kTimeWaitCell)) {}

  void press_enter() { EXPECT_EQ(::write(process_.input().get(), "\n", 1), 1); }

  void end_input() { process_.input().reset(); }

  /// Reads on until `text` has been printed; false when it never is.
  bool prints(const std::string& text) {
    return reads_until([&] { return output_.find(text) != std::string::npos; });
  }

  bool ends() {
    return reads_until([&] { return process_.refresh(), process_.exit_state().has_value(); });
  }

  const std::string& output() const { return output_; }
  int exit_code() const { return process_.exit_state()->number; }

 private:
  template <typename Condition>
  bool reads_until(const Condition& condition) {
    const Deadline deadline = Deadline::after(kPatience);
    while (!condition()) {
      if (deadline.expired()) return false;
      std::array<pollfd, 2> news{{{.fd = process_.output().get(), .events = POLLIN, .revents = 0},
                                  {.fd = process_.pidfd(), .events = POLLIN, .revents = 0}}};
      ::poll(news.data(), news.size(), poll_timeout(deadline.remaining()));
      std::array<char, 4096> chunk;
      const ssize_t size = ::read(process_.output().get(), chunk.data(), chunk.size());
      if (size > 0) output_.append(chunk.data(), static_cast<std::size_t>(size));
    }
    return true;
  }

  ChildProcess process_;
  std::string output_;
};

TEST(StepByStep, GoesOnByOneStepForEachLine) {
  WatchedRun run;
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    ASSERT_TRUE(run.prints(kSteps[i])) << kSteps[i] << "in\n" << run.output();
    for (std::size_t later = i + 1; later < kSteps.size(); ++later)
      EXPECT_THAT(run.output(), Not(HasSubstr(kSteps[later])));
    EXPECT_THAT(run.output(), Not(HasSubstr("1 pass")));
    run.press_enter();
  }
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.exit_code(), 0);
}

TEST(StepByStep, GoesOnByItselfWhenTheInputEnds) {
  WatchedRun run;
  run.press_enter();
  ASSERT_TRUE(run.prints(kSteps[1]));
  EXPECT_THAT(run.output(), HasSubstr("LISTEN  0.0.0.0:12000  server\n"));
  run.end_input();
  ASSERT_TRUE(run.prints("1 pass"));
  ASSERT_TRUE(run.ends());
  EXPECT_EQ(run.exit_code(), 0);
}

}  // namespace
}  // namespace timewait
