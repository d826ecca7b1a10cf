#include "harness/run/sandboxed_cell.h"

#include <array>

namespace timewait {

bool SandboxedCell::may_start() const {
  std::array<pollfd, 2> events = {readable(start.awaited_fd()), readable(sandbox.output())};
  return ::poll(events.data(), events.size(), 0) > 0 || deadline.expired();
}

bool has_ended(const Sandbox& sandbox) {
  pollfd end = readable(sandbox.pidfd());
  return ::poll(&end, 1, 0) == 1;
}

}  // namespace timewait
