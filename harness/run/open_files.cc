#include "harness/run/open_files.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// The harness itself, a few sandboxes that are prepared or go, and within a cell the capture, the
/// socket table and three pipes for each actor.
constexpr rlim_t kForAll = 64;
/// Pidfd, record, and two for the start signal.
constexpr rlim_t kForACell = 4;

}  // namespace

void check_open_files(int parallel) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
  const auto cells = static_cast<rlim_t>(parallel > 0 ? parallel : ::sysconf(_SC_NPROCESSORS_ONLN));
  const rlim_t needed = kForAll + kForACell * cells;
  if (limit.rlim_max < needed)
    throw CannotRunHere(fmt::format(
        "this process may have {} files open, {} cells at a time need {}; raise `ulimit -Hn`, or "
        "run fewer with --jobs",
        limit.rlim_max, cells, needed));
}

}  // namespace timewait
