#pragma once

#include <cstdint>
#include <vector>

#include "harness/explore/dice.h"
#include "harness/explore/script_source.h"

namespace timewait {

/// Of what random scripts are made.
struct RandomSettings {
  std::uint64_t seed = 1;
  std::size_t count = 0;   ///< of scripts
  std::size_t length = 0;  ///< of a script in calls; it ends with the move that reaches it, or
                           ///< before a call that would wait
  bool has_users = false;  ///< whether seteuid() may be called
  ModelSettings model;
};

/// The script number `index`.
ModelledScript random_script(const RandomSettings& settings, std::uint64_t index);

/// Random scripts: script number i depends on the seed and on i alone.
class RandomScripts : public ScriptSource {
 public:
  /// A count that nobody sees the end of.
  static constexpr std::size_t kEndless = 1'000'000'000'000;

  explicit RandomScripts(RandomSettings settings) : settings_(std::move(settings)) {}

  std::size_t batches() const override;
  void make(std::size_t batch, const Take& take) const override;
  std::size_t scripts() const override { return settings_.count; }

 private:
  static constexpr std::size_t kBatch = 4000;

  RandomSettings settings_;
};

}  // namespace timewait
