#pragma once

#include <fcntl.h>
#include <sys/resource.h>

#include <cstddef>
#include <filesystem>
#include <iterator>

#include "harness/base/error.h"

namespace timewait {

/// For tests: how many descriptors this process has open, to show that none leaks. The one with
/// which it looks is counted as well.
inline std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return std::distance(begin(all), end(all));
}

/// For tests: as long as it lives, this process gets no more than so many further descriptors.
class FewDescriptors {
 public:
  explicit FewDescriptors(int left) {
    check(::getrlimit(RLIMIT_NOFILE, &usual_), "getrlimit()");
    rlimit few{.rlim_cur = 0, .rlim_max = usual_.rlim_max};
    for (int number = 0; left > 0; few.rlim_cur = static_cast<rlim_t>(++number))
      if (::fcntl(number, F_GETFD) < 0) --left;
    check(::setrlimit(RLIMIT_NOFILE, &few), "setrlimit()");
  }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &usual_); }

 private:
  rlimit usual_{};
};

}  // namespace timewait
