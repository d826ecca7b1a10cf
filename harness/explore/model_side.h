#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/base/deadline.h"
#include "harness/explore/script.h"
#include "harness/explore/undecided_calls.h"
#include "harness/model/kernel_model.h"

namespace timewait {

/// How often each rule decided, in the order of the rules.
using RuleCounts = std::array<std::uint64_t, kRuleCount>;

/// A script with all that the model says about it.
struct ModelledScript {
  Script script;
  std::vector<std::string> answers;  ///< comparable texts, one a call
  std::vector<std::string> open;     ///< states of TCP sockets that are open after the last call
  std::vector<std::string> left;     ///< what the table holds once all is closed
  RuleCounts decided{};
};

/// The model of the kernel, on which a script is played while it is being made.
class ModelSide {
 public:
  explicit ModelSide(const ModelSettings& settings = {});

  /// Makes the call and appends it to the script, unless it has no answer to compare; then returns
  /// nothing. That is one of those in undecided_calls.h, and one that would wait, but for accept()
  /// and recv(), which are tried only; then the script is over. Throws CallError as Caller does.
  std::optional<ModelAnswer> make(const Call& call);

  /// Whether a call that waited has ended the script: the model has begun what it will not finish.
  bool is_over() const { return is_over_; }

  const Script& script() const { return modelled_.script; }
  const KernelModel& model() const { return model_; }

  /// Ends the process.
  ModelledScript finish();

 private:
  ModelSettings settings_;
  KernelModel model_;
  UndecidedCalls undecided_;
  int process_;
  bool is_over_ = false;
  ModelledScript modelled_;
};

/// Plays a whole script on the model; nothing when a call names a socket that is not there, or
/// waits where the kernel's side cannot.
std::optional<ModelledScript> modelled(const Script& script, const ModelSettings& settings);

}  // namespace timewait
