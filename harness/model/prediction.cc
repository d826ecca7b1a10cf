#include "harness/model/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "harness/model/modelled_attempt.h"
#include "harness/model/modelled_steps.h"

namespace timewait {
namespace {

/// Plays a cell and notes the life of each socket.
class Play {
 public:
  Play(const Cell& cell, const ModelSettings& settings) : cell_(cell), stage_(settings) {}

  Prediction predict() {
    try {
      for (step_ = 0; step_ + 1 < cell_.steps.size(); ++step_) play(cell_.steps[step_]);
      prediction_.before = stage_.kernel().table();
      play_modelled_attempt(stage_, cell_, prediction_);
      prediction_.after = stage_.kernel().table();
      note_changes();
    } catch (const ModelTrouble& trouble) {
      prediction_.trouble = fmt::format("\"{}\": {}", cell_.steps[step_].text, trouble.what());
    } catch (const NotModelled& unknown) {
      prediction_.not_modelled = unknown.what();
    } catch (const BadInput& unknown) {  // a sysctl, for example
      prediction_.not_modelled = unknown.what();
    } catch (const Error& error) {
      prediction_.trouble = fmt::format("\"{}\": {}", cell_.steps[step_].text, error.what());
    }
    return std::move(prediction_);
  }

 private:
  void play(const Step& step) {
    if (step.verb == Verb::precondition)
      check_precondition(step);
    else
      play_modelled_step(stage_, cell_, step);
    note_changes();
  }

  void check_precondition(const Step& step) const {
    const std::string states = stage_.states_at(*cell_.actor(step.actor).place);
    if (states != step.states.text())
      throw ModelTrouble(fmt::format("before the attempt {} has {} in the model, not {}",
                                     step.actor, states, step.states.text()));
  }

  PredictedSocket& socket_of(int id) {
    const auto [found, is_new] = indices_.try_emplace(id, prediction_.sockets.size());
    if (is_new) prediction_.sockets.emplace_back();
    return prediction_.sockets[found->second];
  }

  /// What the last step has changed.
  void note_changes() {
    const auto& history = stage_.kernel().history();
    for (; noted_ < history.size(); ++noted_) {
      const StateChange& change = history[noted_];
      PredictedSocket& socket = socket_of(change.id);
      socket.protocol = change.protocol;
      socket.moments.push_back(
          {.step = step_,
           .state = change.is_gone ? std::nullopt : std::optional(change.state),
           .local = change.local,
           .remote = change.remote});
    }
  }

  Cell cell_;  ///< with the addresses that were learnt
  ModelledStage stage_;
  Prediction prediction_;
  std::map<int, std::size_t> indices_;  ///< of a socket's id in prediction_.sockets
  std::size_t noted_ = 0;
  std::size_t step_ = 0;
};

}  // namespace

const PredictedSocket::Moment& PredictedSocket::last_alive() const {
  const auto alive = std::find_if(moments.rbegin(), moments.rend(),
                                  [](const Moment& moment) { return moment.state.has_value(); });
  return alive == moments.rend() ? moments.front() : *alive;
}

Prediction predict(const Cell& cell, const ModelSettings& settings) {
  return Play(cell, settings).predict();
}

}  // namespace timewait
