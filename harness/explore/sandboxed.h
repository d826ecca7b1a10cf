#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "harness/process/stop_signals.h"
#include "harness/run/isolation.h"

namespace timewait {

/// Work in a fresh sandbox, as the first process in it; what it returns comes back as text.
using SandboxWork = std::function<std::string()>;

/// What `work` returns in a sandbox of its own. Throws Error with the reason when it breaks.
std::string in_fresh_sandbox(Isolation isolation, const SandboxWork& work);

/// Does pieces of work in sandboxes of their own, at most `jobs` at a time.
class SandboxedWork {
 public:
  /// The next piece of work; nothing when there is none left.
  using Next = std::function<SandboxWork()>;
  /// Takes what a piece of work returned, in whatever order they end; `index` counts from 0 in the
  /// order in which they began.
  using Take = std::function<void(std::size_t index, const std::string& result)>;

  SandboxedWork(Isolation isolation, int jobs, StopSignals* stop = nullptr)
      : isolation_(isolation), jobs_(jobs), stop_(stop) {}

  /// Throws Error with the reason when a piece of work breaks. Once one of `stop` has come, what is
  /// at work is ended and nothing more is taken.
  void run(const Next& next, const Take& take) const;

 private:
  Isolation isolation_;
  int jobs_;
  StopSignals* stop_;
};

}  // namespace timewait
