// Shells as children, and what comes of them, for tests.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <functional>
#include <optional>
#include <string>

#include "harness/base/deadline.h"
#include "harness/process/child_process.h"

namespace timewait {

inline constexpr Duration kChildPatience = std::chrono::seconds(10);

inline ChildProcess shell(const std::string& script) {
  return ChildProcess({"/bin/sh", "-c", script});
}

/// How the child ended; nothing when it did not within our patience.
inline std::optional<ExitState> end_of(ChildProcess& child) {
  pollfd ended{.fd = child.pidfd(), .events = POLLIN, .revents = 0};
  ::poll(&ended, 1, poll_timeout(kChildPatience));
  child.refresh();
  return child.exit_state();
}

/// What comes from the descriptor until `enough` holds or all writers are gone. "..." at the end
/// stands for our patience being over.
inline std::string read_until(const UniqueFd& fd,
                              const std::function<bool(const std::string&)>& enough) {
  const Deadline deadline = Deadline::after(kChildPatience);
  std::string text;
  pollfd readable{.fd = fd.get(), .events = POLLIN, .revents = 0};
  while (!enough(text)) {
    if (::poll(&readable, 1, poll_timeout(deadline.remaining())) != 1) return text + "...";
    char byte = 0;
    if (::read(fd.get(), &byte, 1) != 1) break;
    text += byte;
  }
  return text;
}

inline std::string read_all(const UniqueFd& fd) {
  return read_until(fd, [](const std::string&) { return false; });
}

/// A line with its newline.
inline std::string read_line(const UniqueFd& fd) {
  return read_until(fd, [](const std::string& text) { return text.ends_with('\n'); });
}

}  // namespace timewait
