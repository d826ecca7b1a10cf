#pragma once

#include <cstddef>
#include <functional>

#include "harness/explore/model_side.h"

namespace timewait {

/// Scripts to play, in batches that can be made in any order and each alone: a batch is the same
/// whoever makes it.
class ScriptSource {
 public:
  using Take = std::function<void(ModelledScript&&)>;

  ScriptSource() = default;
  ScriptSource(const ScriptSource&) = delete;
  ScriptSource& operator=(const ScriptSource&) = delete;
  virtual ~ScriptSource() = default;

  virtual std::size_t batches() const = 0;

  /// Hands over the scripts of a batch, at most KernelSide::kMostScripts.
  virtual void make(std::size_t batch, const Take& take) const = 0;

  /// How many scripts there are, for progress; 0 when nobody knows before they are made.
  virtual std::size_t scripts() const = 0;
};

}  // namespace timewait
