#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/explore/batch.h"
#include "harness/process/stop_signals.h"
#include "harness/run/isolation.h"

namespace timewait {

/// How scripts are to be played.
struct ExploreSettings {
  Isolation isolation = Isolation::user_namespace;
  int jobs = 1;
  std::optional<Duration> time;  ///< after which no further batch is begun
  /// Disagreements after which none is begun either.
  std::uint64_t enough = std::numeric_limits<std::uint64_t>::max();
  StopSignals* stop = nullptr;  ///< one of them ends it early; then what there is counts
};

/// Is told after each batch what there is so far.
using TallySink = std::function<void(const Tally&)>;

/// Plays all batches of `source`, each in a sandbox of its own. The sum is the same whatever `jobs`
/// is, unless it ends early.
Tally explore(const ScriptSource& source, const ExploreSettings& settings,
              const TallySink& sink = {});

/// Whether scripts can call seteuid() in a sandbox.
bool sandbox_has_users(Isolation isolation);

}  // namespace timewait
