#pragma once

#include <csignal>
#include <optional>

#include "harness/base/unique_fd.h"

namespace timewait {

/// The signals by which a program is asked to end: SIGINT (Ctrl+C), SIGTERM, SIGHUP (a closed
/// terminal). While this object lives they can be polled for and asked about, and do not end the
/// process; those that whoever started it has ignored, as nohup does, stay ignored. Once the first
/// has been taken SIGINT acts as before, so that a second Ctrl+C ends the process at once; the
/// others do not, since a closed terminal or `timeout` sends them more than once.
/// The caller must have a single thread. Children inherit that the signals are blocked.
class StopSignals {
 public:
  /// Throws SystemError.
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Everything is as before. A signal that came and was not taken acts now.
  ~StopSignals();

  /// Readable when a signal has come that was not taken.
  int fd() const { return fd_.get(); }

  /// Takes the signal that came first and remembers it; nothing as long as none has come.
  std::optional<int> first();

 private:
  std::optional<int> take() const;

  sigset_t before_{};
  UniqueFd fd_;
  std::optional<int> first_;
};

/// The exit status of a program that `signal` has stopped, as shells have it.
constexpr int exit_status_of_signal(int signal) { return 128 + signal; }

}  // namespace timewait
