#include "harness/run/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <thread>

#include "harness/base/error.h"

namespace timewait {
namespace {

constexpr Duration kPause = std::chrono::milliseconds(20);

}  // namespace

FolderLock::FolderLock(std::string directory, Duration patience)
    : directory_(std::move(directory)),
      fd_(check(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                fmt::format("open({})", directory_))) {
  const Deadline deadline = Deadline::after(patience);
  while (::flock(fd_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (deadline.expired())
      throw BadInput(
          fmt::format("another run writes to {}; name another folder with --out", directory_));
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace timewait
