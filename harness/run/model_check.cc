#include "harness/run/model_check.h"

#include <fmt/format.h>

#include "harness/run/life_follower.h"

namespace timewait {
namespace {

/// How far the model's time may be from the script's: the model tries every 25 ms.
constexpr std::chrono::milliseconds kTolerance{100};

std::optional<std::string> disagreement_of_states(const Record& record) {
  if (record.steps.empty()) return std::nullopt;
  LifeFollower follower(record.predicted->sockets,
                        record.relocation ? record.relocation->ephemeral : kEphemeralPorts);
  const std::size_t last = record.steps.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    const auto& table = record.steps[i].table;
    if (!table) continue;
    if (const auto what = follower.surplus(i, *table))
      return fmt::format("after \"{}\" {}", record.steps[i].text, *what);
  }
  // Without evidence these two looks are all there is.
  if (last > 0) {
    auto what = follower.surplus(last - 1, record.table_before);
    if (!what) what = follower.missing(last - 1, record.table_before, record.attempt_place);
    if (what) return fmt::format("before the attempt {}", *what);
  }
  if (const auto what = follower.surplus(last, record.table_after))
    return fmt::format("after the attempt {}", *what);
  return std::nullopt;
}

std::optional<std::string> disagreement_of_time(const Record& record) {
  if (!record.repetition) return std::nullopt;
  if (!record.predicted->bound_after) {
    if (!record.repetition->at_most) return std::nullopt;
    return "it does not say when the port is free";
  }
  const auto predicted = *record.predicted->bound_after;
  const auto difference = predicted - record.repetition->at_least;
  if (std::chrono::abs(difference) <= kTolerance) return std::nullopt;
  return fmt::format("it predicts bound after {:.2f} s, the script says {}",
                     std::chrono::duration<double>(predicted).count(),
                     span_text(*record.repetition));
}

}  // namespace

std::optional<std::string> model_disagreement(const Record& record) {
  if (!record.predicted) return std::nullopt;
  const PredictionRecord& predicted = *record.predicted;
  if (!predicted.outcome)
    return predicted.trouble.empty() ? "it predicts nothing" : predicted.trouble;
  if (predicted.outcome != record.outcome)
    return fmt::format("it predicts {}, the kernel gave {}. {}", predicted.outcome->text(),
                       record.outcome->text(), text(predicted.why, Language::en));
  if (auto what = disagreement_of_time(record)) return what;
  return disagreement_of_states(record);
}

}  // namespace timewait
