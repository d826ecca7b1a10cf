#include "harness/kernel/core_count.h"

#include <sched.h>

#include "harness/base/error.h"

namespace timewait {

int core_count() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  check(::sched_getaffinity(0, sizeof cores, &cores), "sched_getaffinity()");
  return CPU_COUNT(&cores);
}

}  // namespace timewait
