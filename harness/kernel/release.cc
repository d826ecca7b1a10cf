#include "harness/kernel/release.h"

#include <sys/utsname.h>

#include <cstdlib>

#include "harness/base/error.h"

namespace timewait {

std::string kernel_release() {
  utsname name{};
  check(::uname(&name), "uname()");
  return name.release;
}

std::string architecture() {
  utsname name{};
  check(::uname(&name), "uname()");
  return name.machine;
}

KernelVersion kernel_version() {
  const std::string release = kernel_release();
  char* rest = nullptr;
  const long major = std::strtol(release.c_str(), &rest, 10);
  const long minor = *rest == '.' ? std::strtol(rest + 1, nullptr, 10) : 0;
  return {.major = static_cast<int>(major), .minor = static_cast<int>(minor)};
}

}  // namespace timewait
