// Runs of a single script, and what can come of them, for tests of what a user sees.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "harness/base/temporary_folder.h"
#include "harness/cli/test_records.h"

namespace timewait {

/// Runs a scenario that has this script, with little patience unless the options say otherwise.
inline CommandResult run_script(const std::string& script, const std::string& expect = "bound",
                                const std::vector<std::string>& options = {"--step-timeout",
                                                                           "0.5"}) {
  const TemporaryFolder folder;
  std::vector<std::string> command = {
      "run", folder.write("test.toml", scenario_around(script, expect)), "--no-out"};
  command.insert(command.end(), options.begin(), options.end());
  return run_timewait(command);
}

using RunMatcher = testing::Matcher<const CommandResult&>;
using TextMatcher = testing::Matcher<const std::string&>;

/// A run that ended with `status` and told this.
inline RunMatcher ended_with(int status, const TextMatcher& told) {
  using testing::Field;
  return testing::AllOf(
      Field("end", &CommandResult::end, Field("number", &ExitState::number, status)),
      Field("output", &CommandResult::output, told));
}

inline RunMatcher passes(const TextMatcher& told = testing::_) { return ended_with(0, told); }
inline RunMatcher fails(const TextMatcher& told) { return ended_with(kFail, told); }
inline RunMatcher concludes_nothing(const TextMatcher& told) {
  return ended_with(kInconclusive, told);
}
inline RunMatcher is_skipped(const TextMatcher& told) { return ended_with(kCannotRunHere, told); }
inline RunMatcher breaks(const TextMatcher& told) { return ended_with(kBroken, told); }

/// The message pair, the server's close forced to be the first.
inline const std::string kServerClosesFirst =
    "server runs message_server\n"
    "client runs message_client\n"
    "server gets SIGSTOP\n"
    "client types hello\n"
    "server has 40 unread\n"
    "client gets SIGSTOP\n"
    "server gets SIGCONT\n"
    "server exits\n"
    "await server FIN_WAIT2\n"
    "client gets SIGCONT\n"
    "client exits\n";

/// The chat pair, the client's close forced to be the first.
inline const std::string kClientClosesFirst =
    "server runs chat_server\n"
    "client runs chat_client\n"
    "server accepts\n"
    "client ends its input\n"
    "client exits\n"
    "await server LISTEN\n"
    "server gets SIGKILL\n"
    "server dies of SIGKILL\n";

/// A peer with a socket.
inline const std::string kPeerWithSocket = "server runs peer\nserver calls socket s\n";

}  // namespace timewait
