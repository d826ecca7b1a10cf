#include "harness/net/option_set.h"

#include <sys/socket.h>

namespace timewait {

std::vector<CallResult> apply(OptionSet set, int fd) {
  std::vector<CallResult> calls;
  if (has_reuseaddr(set)) calls.push_back(set_option(fd, SO_REUSEADDR, "SO_REUSEADDR"));
  if (has_reuseport(set) && (calls.empty() || calls.back().ok()))
    calls.push_back(set_option(fd, SO_REUSEPORT, "SO_REUSEPORT"));
  return calls;
}

}  // namespace timewait
