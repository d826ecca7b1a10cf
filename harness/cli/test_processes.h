// Processes that a test looks for among all of the machine, where other tests run too.
#pragma once

#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "harness/base/deadline.h"

namespace timewait {

/// The processes whose command line contains `phrase`.
inline std::vector<pid_t> processes_with(const std::string& phrase) {
  std::vector<pid_t> found;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
    std::ifstream file(entry.path() / "cmdline");
    std::ostringstream line;
    line << file.rdbuf();  // of a process that is just ending nothing comes
    if (line.str().find(phrase) != std::string::npos)
      found.push_back(std::atoi(entry.path().filename().c_str()));
  }
  return found;
}

/// An address by which the processes of this very test can be told from all others.
inline std::string unique_address() {
  return "127.0.0.1:" + std::to_string(20000 + ::getpid() % 10000);
}

/// True as soon as `condition` holds; false when it does not within 20 seconds.
inline bool eventually(const std::function<bool()>& condition) {
  const Deadline deadline = Deadline::after(std::chrono::seconds(20));
  while (!condition()) {
    if (deadline.expired()) return false;
    ::poll(nullptr, 0, 5);
  }
  return true;
}

}  // namespace timewait
