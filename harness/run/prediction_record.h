#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/prediction.h"
#include "harness/model/saying.h"

namespace timewait {

/// What the model says of a cell, as a record keeps it.
struct PredictionRecord {
  std::optional<Outcome> outcome;
  std::string trouble;             ///< where the model does not come to what the script says
  std::vector<std::string> rules;  ///< names of those that decide the attempt
  Explanation why;                 ///< the explanation, one to three sentences
  std::vector<PredictedSocket> sockets;
  std::optional<std::chrono::nanoseconds> bound_after;

  bool operator==(const PredictionRecord&) const = default;
};

/// What the model says of `cell`; nothing when it does not know what the script speaks of.
std::optional<PredictionRecord> predicted_record(const Cell& cell, const KernelTraits& traits);

}  // namespace timewait
