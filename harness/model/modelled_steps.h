#pragma once

#include "harness/model/modelled_stage.h"

namespace timewait {

/// Plays one step of a script that is neither a precondition nor the attempt; what it learns goes
/// into `cell`. Throws ModelTrouble when the model does not come to where the step says.
void play_modelled_step(ModelledStage& stage, Cell& cell, const Step& step);

/// Makes a call for an actor, waiting for what it waits for. Throws ModelTrouble when it never
/// comes back.
ModelAnswer make_modelled_call(ModelledStage& stage, const std::string& actor, const Call& call);

}  // namespace timewait
