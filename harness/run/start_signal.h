#pragma once

#include "harness/base/unique_fd.h"

namespace timewait {

/// Lets a process that was forked ahead of its time get ready, and wait until the other side of
/// the fork says go.
class StartSignal {
 public:
  /// Throws SystemError.
  StartSignal();

  /// Says go, once; also before the other side waits.
  void give() const;

  /// Says that everything is ready and waits for the signal.
  void wait() const;

  /// Readable when the other side waits.
  int awaited_fd() const { return awaited_.get(); }

 private:
  UniqueFd given_;
  UniqueFd awaited_;
};

}  // namespace timewait
