#include "harness/run/sandboxed_cell.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "harness/base/error.h"

namespace timewait {

bool SandboxedCell::drain() {
  std::array<char, std::size_t{64} * 1024> chunk;
  while (true) {
    const ssize_t size = ::read(sandbox.output(), chunk.data(), chunk.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return false;
    if (check(size, "read(record)") == 0) return true;
    output.append(chunk.data(), static_cast<std::size_t>(size));
  }
}

bool SandboxedCell::may_start() const {
  std::array<pollfd, 2> events = {readable(start.awaited_fd()), readable(sandbox.output())};
  return ::poll(events.data(), events.size(), 0) > 0 || deadline.expired();
}

bool has_ended(const Sandbox& sandbox) {
  pollfd end = readable(sandbox.pidfd());
  return ::poll(&end, 1, 0) == 1;
}

}  // namespace timewait
