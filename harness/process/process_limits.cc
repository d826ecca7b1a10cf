#include "harness/process/process_limits.h"

#include <algorithm>

namespace timewait {

void take_on(const ProcessLimits& limits) {
  for (const ProcessLimit& limit : limits) {
    rlimit now{};
    if (::getrlimit(limit.resource, &now) < 0) continue;
    now.rlim_max = std::min(now.rlim_max, limit.most);
    now.rlim_cur = std::min({now.rlim_cur, now.rlim_max, limit.usual});
    ::setrlimit(limit.resource, &now);
  }
}

}  // namespace timewait
