#pragma once

#include <string>

#include "harness/model/prediction.h"
#include "harness/model/saying.h"
#include "harness/report/text_style.h"

namespace timewait {

/// What the model says of a cell: the outcome, why, the rules with their sources, and the life of
/// each socket step by step.
std::string prediction_text(const Scenario& scenario, const Cell& cell,
                            const Prediction& prediction, const Explanation& explanation,
                            const TextStyle& style);

}  // namespace timewait
