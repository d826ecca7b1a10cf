#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/model/kernel_model.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// The life of a socket and of what is left of it, as the model has it.
struct PredictedSocket {
  /// It came into a state in a step, or its address changed; no state stands for its end.
  struct Moment {
    std::size_t step = 0;
    std::optional<TcpState> state;
    Endpoint local;
    Endpoint remote;

    bool operator==(const Moment&) const = default;
  };

  Protocol protocol = Protocol::tcp;
  std::vector<Moment> moments;

  /// The last one in which it was there.
  const Moment& last_alive() const;

  bool operator==(const PredictedSocket&) const = default;
};

/// What the model says about a cell, from its script alone.
struct Prediction {
  std::optional<Outcome> outcome;
  std::string trouble;                   ///< where the model does not come to what the script says
  std::string not_modelled;              ///< what the model does not know: it says nothing then
  std::vector<Rule> rules;               ///< that decided the attempt, each once, in their order
  std::optional<Conflict> conflict;      ///< what is in the way of the attempt
  std::vector<ModelEntry> before;        ///< the table right before the attempt
  std::vector<ModelEntry> after;         ///< the table right after it
  std::vector<PredictedSocket> sockets;  ///< in the order in which they came to be
  std::optional<Duration> bound_after;   ///< of an attempt that is repeated until it is bound
};

/// Plays the script of a cell on a model of the kernel. Never throws because of what a script says:
/// what the model cannot play is the trouble of its prediction.
Prediction predict(const Cell& cell, const ModelSettings& settings = {});

}  // namespace timewait
