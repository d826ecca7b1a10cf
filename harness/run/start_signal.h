#pragma once

#include "harness/base/unique_fd.h"

namespace timewait {

/// Lets a process that was forked ahead of its time wait until the other side of the fork says go.
class StartSignal {
 public:
  /// Throws SystemError.
  StartSignal();

  /// Says go, once; also before the other side waits.
  void give() const;

  /// Waits for it.
  void wait() const;

 private:
  UniqueFd event_;
};

}  // namespace timewait
