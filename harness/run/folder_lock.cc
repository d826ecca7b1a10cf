#include "harness/run/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr Duration kPause = std::chrono::milliseconds(20);

/// Who was just killed lives on for a moment.
constexpr Duration kPatienceWithTheLiving = std::chrono::milliseconds(500);

/// One that has ended and is not reaped yet has a number, too, but its descriptor tells.
bool is_alive(pid_t pid) {
  const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  pollfd end{.fd = process.get(), .events = POLLIN, .revents = 0};
  return process && ::poll(&end, 1, 0) == 0;
}

/// Whether the process that took the lock of a file is alive. A lock outlives it in those that
/// inherited the descriptor. The lines of /proc/locks: "1: FLOCK ADVISORY WRITE 4711 fe:00:815 0
/// EOF".
bool lives_who_locked(int fd) {
  struct stat file {};
  check(::fstat(fd, &file), "fstat(lock)");
  const std::string inode = ":" + std::to_string(file.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, advisory, access, place;
    pid_t pid = 0;
    words >> number >> kind >> advisory >> access >> pid >> place;
    if (kind == "FLOCK" && pid > 0 && place.ends_with(inode) && is_alive(pid)) return true;
  }
  return false;
}

}  // namespace

FolderLock::FolderLock(std::string directory, Duration patience)
    : directory_(std::move(directory)),
      fd_(check(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                fmt::format("open({})", directory_))) {
  const Deadline deadline = Deadline::after(patience);
  const Deadline for_the_living = Deadline::after(std::min(patience, kPatienceWithTheLiving));
  while (::flock(fd_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (deadline.expired() || (for_the_living.expired() && lives_who_locked(fd_.get())))
      throw BadInput(fmt::format("another run writes to {}", directory_));
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace timewait
