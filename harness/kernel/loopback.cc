#include "harness/kernel/loopback.h"

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstring>

#include "harness/base/error.h"
#include "harness/base/unique_fd.h"

namespace timewait {

void set_loopback(bool up) {
  const UniqueFd fd(check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket(AF_INET)"));
  ifreq request{};
  std::strncpy(request.ifr_name, "lo", sizeof request.ifr_name - 1);
  check(::ioctl(fd.get(), SIOCGIFFLAGS, &request), "ioctl(SIOCGIFFLAGS, lo)");
  const int flags = up ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP;
  request.ifr_flags = static_cast<short>(flags);
  check(::ioctl(fd.get(), SIOCSIFFLAGS, &request),
        up ? "ioctl(SIOCSIFFLAGS, lo up)" : "ioctl(SIOCSIFFLAGS, lo down)");
}

}  // namespace timewait
