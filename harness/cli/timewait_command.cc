#include "harness/cli/timewait_command.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <ostream>

#include "harness/base/error.h"
#include "harness/base/test_variable.h"
#include "harness/cli/running_command.h"
#include "harness/words/language.h"

namespace timewait {
namespace {

constexpr Duration kPatience = std::chrono::minutes(1);
constexpr int kPauseInMilliseconds = 5;

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

RunningCommand::RunningCommand(const std::vector<std::string>& command)
    : name_(command.front()), deadline_(Deadline::after(kPatience)) {
  const auto program = find_program(name_);
  if (!program) throw Error("no program " + name_);
  // What tests expect is English, whoever runs them.
  std::optional<TestVariable> locale;
  if (language_of_environment() != Language::en) locale.emplace("LC_ALL", "C.UTF-8");
  std::vector<std::string> arguments = command;
  arguments.front() = *program;
  process_.emplace(arguments);
  process_->input().reset();
}

void RunningCommand::wait_until(const std::function<bool()>& condition) {
  while (!condition() && !process_->exit_state()) {
    if (deadline_.expired()) throw Error(name_ + " did not get there within a minute");
    pollfd ended{.fd = process_->pidfd(), .events = POLLIN, .revents = 0};
    ::poll(&ended, 1, kPauseInMilliseconds);
    process_->refresh();
  }
}

CommandResult RunningCommand::result() {
  CommandResult result;
  UniqueFd& output = process_->output();
  UniqueFd& errors = process_->errors();
  while ((output || errors) && !deadline_.expired()) {
    std::array<pollfd, 2> streams{{{.fd = output.get(), .events = POLLIN, .revents = 0},
                                   {.fd = errors.get(), .events = POLLIN, .revents = 0}}};
    ::poll(streams.data(), streams.size(), poll_timeout(deadline_.remaining()));
    if (streams[0].revents != 0) drain(output, result.output);
    if (streams[1].revents != 0) drain(errors, result.errors);
  }
  pollfd ended{.fd = process_->pidfd(), .events = POLLIN, .revents = 0};
  ::poll(&ended, 1, poll_timeout(deadline_.remaining()));
  process_->refresh();
  if (!process_->exit_state()) throw Error(name_ + " did not end within a minute");
  result.end = *process_->exit_state();
  return result;
}

void PrintTo(const CommandResult& result, std::ostream* out) {
  *out << result.end.text() << "\n" << result.output << result.errors;
}

CommandResult run_command(const std::vector<std::string>& command) {
  return RunningCommand(command).result();
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
