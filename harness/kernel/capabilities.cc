#include "harness/kernel/capabilities.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

#include "harness/base/error.h"

namespace timewait {
namespace {

struct Capability {
  unsigned number;
  const char* name;
};

constexpr std::array kOfRoot{
    Capability{CAP_SETUID, "CAP_SETUID"}, Capability{CAP_NET_BIND_SERVICE, "CAP_NET_BIND_SERVICE"},
    Capability{CAP_NET_ADMIN, "CAP_NET_ADMIN"}, Capability{CAP_NET_RAW, "CAP_NET_RAW"}};

}  // namespace

std::string lacking_capability() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
  check(::syscall(SYS_capget, &header, data.data()), "capget()");
  for (const Capability& capability : kOfRoot)
    if ((data[0].effective & (1U << capability.number)) == 0) return capability.name;
  return "";
}

}  // namespace timewait
