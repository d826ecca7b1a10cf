#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/base/error.h"

namespace timewait {

/// What a command cost.
struct MeasuredCommand {
  double seconds = 0;      ///< on the wall's clock
  double cpu_seconds = 0;  ///< of the processor, with all processes that it waited for
  long peak_kib = 0;       ///< of memory, of the largest of its processes
};

/// Runs a command that must succeed, its output thrown away.
inline MeasuredCommand measure(const std::vector<std::string>& command) {
  const auto start = Clock::now();
  const pid_t pid = check(::fork(), "fork()");
  if (pid == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (std::freopen("/dev/null", "w", stdout) != nullptr) ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  check(::wait4(pid, &status, 0, &usage), "wait4()");
  if (status != 0) throw Error(fmt::format("{} ended with status {}", command[0], status));
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {.seconds = std::chrono::duration<double>(Clock::now() - start).count(),
          .cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .peak_kib = usage.ru_maxrss};
}

/// The value in the middle.
inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace timewait
