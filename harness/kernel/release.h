#pragma once

#include <compare>
#include <string>

namespace timewait {

struct KernelVersion {
  int major = 0;
  int minor = 0;
  auto operator<=>(const KernelVersion&) const = default;
};

/// The running kernel's release, "6.18.44-amd64" (uname -r).
std::string kernel_release();

/// What the machine is, "x86_64" (uname -m).
std::string architecture();

/// The first two numbers of the release.
KernelVersion kernel_version();

}  // namespace timewait
