#pragma once

#include <vector>

#include "harness/explore/moves.h"
#include "harness/explore/script_source.h"

namespace timewait {

/// Every script of so many moves, and every shorter one whose last call fails: what follows a call
/// that failed is left to random scripts. A script that another one begins with is not played by
/// itself.
class AllScripts : public ScriptSource {
 public:
  AllScripts(std::size_t depth, ModelSettings model);

  std::size_t batches() const override;
  void make(std::size_t batch, const Take& take) const override;
  std::size_t scripts() const override { return 0; }

 private:
  std::size_t depth_;
  ModelSettings model_;
  std::size_t left_;           ///< moves that a beginning leaves to do
  std::vector<Script> begun_;  ///< beginnings that share the work
};

}  // namespace timewait
