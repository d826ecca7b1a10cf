#include "harness/run/prediction_record.h"

#include "harness/model/explanation.h"

namespace timewait {

std::optional<PredictionRecord> predicted_record(const Cell& cell, const KernelTraits& traits) {
  Prediction prediction = predict(cell, {.traits = traits});
  if (!prediction.not_modelled.empty()) return std::nullopt;
  PredictionRecord record{.outcome = prediction.outcome,
                          .trouble = prediction.trouble,
                          .why = explanation_of(cell, prediction, traits),
                          .sockets = std::move(prediction.sockets),
                          .bound_after = prediction.bound_after};
  for (const Rule rule : prediction.rules) record.rules.emplace_back(row_of(rule).name);
  return record;
}

}  // namespace timewait
