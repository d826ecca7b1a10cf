#include "harness/process/process_crowd.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <limits>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// Processes, threads and zombies from 2 up to `newest`.
std::size_t count_up_to(pid_t newest) {
  std::size_t count = 0;
  for (pid_t pid = 2; pid <= newest; ++pid)
    if (::kill(pid, 0) == 0) ++count;
  return count;
}

}  // namespace

ProcessCrowd::ProcessCrowd(std::size_t most)
    : most_(most), highest_(static_cast<pid_t>(ids_for_crowd(most))), count_at_(most) {}

void ProcessCrowd::check() {
  if (!is_first_process()) return;  // kill(-1) would be everybody's end
  const pid_t newest = newest_pid_.read().value_or(0);
  const bool began_anew = newest < last_seen_;
  // Who missed that they began anew sees it when nobody can fork any more. Where there are more ids
  // than for a crowd they do not begin anew.
  const auto id = static_cast<std::size_t>(newest);
  const bool rests = newest == last_seen_ && id >= most_ && id < ids_for_crowd(most_);
  last_seen_ = newest;
  highest_ = std::max(highest_, newest);
  if (static_cast<std::size_t>(newest) < count_at_ && !began_anew && !rests) return;
  const std::size_t count = count_up_to(highest_);
  if (count < most_) {
    count_at_ = static_cast<std::size_t>(newest) + most_ - count;
    return;
  }
  ::kill(-1, SIGKILL);
  count_at_ = std::numeric_limits<std::size_t>::max();  // nobody is left who could fork
  throw Error(fmt::format("the cell's processes reached the limit of {} and were killed", most_));
}

}  // namespace timewait
