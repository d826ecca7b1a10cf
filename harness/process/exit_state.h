#pragma once

#include <sys/wait.h>

#include <string>

namespace timewait {

/// How a process ended. Exit status 15 and death by SIGTERM are different things here.
struct ExitState {
  enum class How { exited, killed };
  How how = How::exited;
  int number = 0;  ///< exit status, or the number of the signal

  /// From what waitid() reported.
  static ExitState of(const siginfo_t& info);

  bool is_success() const { return how == How::exited && number == 0; }

  /// "exit 0", "killed by SIGKILL".
  std::string text() const;

  bool operator==(const ExitState&) const = default;
};

/// "SIGINT" for SIGINT; "signal 99" for a number without a name.
std::string signal_name(int signal);

/// The number of a signal name, "SIGKILL"; 0 for a word that is none.
int find_signal(const std::string& name);

}  // namespace timewait
