#include "harness/cli/timewait_command.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>

#include "harness/base/deadline.h"
#include "harness/base/error.h"
#include "harness/base/test_variable.h"
#include "harness/process/child_process.h"
#include "harness/words/language.h"

namespace timewait {
namespace {

constexpr Duration kPatience = std::chrono::minutes(1);

constexpr const char* kShardVariables[] = {"GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX",
                                           "GTEST_SHARD_STATUS_FILE"};

/// Takes what is there; closes the descriptor at its end.
void drain(UniqueFd& fd, std::string& text) {
  std::array<char, std::size_t{64} * 1024> chunk;
  const ssize_t size = ::read(fd.get(), chunk.data(), chunk.size());
  if (size > 0) text.append(chunk.data(), static_cast<std::size_t>(size));
  if (size == 0) fd.reset();
}

}  // namespace

CommandResult run_command(const std::vector<std::string>& command) {
  const auto program = find_program(command.front());
  if (!program) throw Error("no program " + command.front());
  // What tests expect is English, whoever runs them.
  std::optional<TestVariable> locale;
  if (language_of_environment() != Language::en) locale.emplace("LC_ALL", "C.UTF-8");
  std::vector<std::string> arguments = command;
  arguments.front() = *program;
  ChildProcess process(arguments);
  process.input().reset();
  CommandResult result;
  const Deadline deadline = Deadline::after(kPatience);
  while ((process.output() || process.errors()) && !deadline.expired()) {
    std::array<pollfd, 2> streams{{{.fd = process.output().get(), .events = POLLIN, .revents = 0},
                                   {.fd = process.errors().get(), .events = POLLIN, .revents = 0}}};
    ::poll(streams.data(), streams.size(), poll_timeout(deadline.remaining()));
    if (streams[0].revents != 0) drain(process.output(), result.output);
    if (streams[1].revents != 0) drain(process.errors(), result.errors);
  }
  pollfd ended{.fd = process.pidfd(), .events = POLLIN, .revents = 0};
  ::poll(&ended, 1, poll_timeout(deadline.remaining()));
  process.refresh();
  if (!process.exit_state()) throw Error(command.front() + " did not end within a minute");
  result.end = *process.exit_state();
  return result;
}

CommandResult run_timewait(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), timewait_path());
  return run_command(arguments);
}

std::string timewait_path() {
  for (const char* variable : kShardVariables) ::unsetenv(variable);
  return TIMEWAIT_PATH;
}

}  // namespace timewait
