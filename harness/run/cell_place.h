#pragma once

#include <optional>
#include <string>

#include "harness/run/isolation.h"
#include "harness/run/loopback_claim.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// Where a cell is played: in the network of its sandbox, as its script says, or at a place on the
/// machine's own loopback that is reserved as long as this object lives.
class CellPlace {
 public:
  /// In the process that plays the cell, or wants to know whether it could. Why the cell cannot be
  /// played there is the refusal. Throws Error when the machine has too little of something.
  CellPlace(const Cell& cell, Isolation isolation);

  /// The cell as it is played.
  const Cell& cell() const { return moved_ ? *moved_ : cell_; }

  /// Null in a network of its own.
  const Relocation* relocation() const { return claim_ ? &claim_->place() : nullptr; }

  /// Why the cell is skipped; empty when it can be played.
  const std::string& refusal() const { return refusal_; }

 private:
  void move();

  const Cell& cell_;
  std::optional<LoopbackClaim> claim_;
  std::optional<Cell> moved_;
  std::string refusal_;
};

}  // namespace timewait
