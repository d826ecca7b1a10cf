#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "harness/explore/comparison.h"

namespace timewait {

/// Plays scripts in the caller's network namespace, which must be fresh, each at ports that no
/// other one had.
class ScriptPlayer {
 public:
  /// How many scripts can still be played.
  std::size_t room() const { return KernelSide::kMostScripts - played_; }

  /// Plays all of them, then looks at what is left of each. Returns the first disagreement of each,
  /// if there is one.
  std::vector<std::optional<Disagreement>> play(std::span<const ModelledScript> scripts);

  /// Plays one script.
  std::optional<Disagreement> play(const ModelledScript& script);

  /// What the kernel answers to all calls of a script, and the entries that its table has at the
  /// script's ports just before the last of them. Throws CallError as Caller does.
  struct Story {
    std::vector<Answer> answers;
    std::vector<SocketEntry> table;
  };
  Story tell(const Script& script);

 private:
  std::uint16_t next_ports() { return KernelSide::first_port(played_++); }

  KernelSide kernel_;
  std::size_t played_ = 0;
};

}  // namespace timewait
