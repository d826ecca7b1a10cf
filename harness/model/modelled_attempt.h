#pragma once

#include "harness/model/modelled_stage.h"
#include "harness/model/prediction.h"

namespace timewait {

/// Plays the last step of a cell, the attempt, and puts its outcome and the reasons into
/// `prediction`. Throws ModelTrouble when there is no outcome.
void play_modelled_attempt(ModelledStage& stage, const Cell& cell, Prediction& prediction);

}  // namespace timewait
