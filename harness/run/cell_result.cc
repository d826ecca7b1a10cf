#include "harness/run/cell_result.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

/// What was seen: of several actors those that had any state, with their names; of a server alone
/// just its states.
std::string sight_of(std::vector<PreconditionRecord> sights) {
  const auto is_nothing = [](const auto& sight) { return sight.seen == "nothing"; };
  if (!sights.empty() && std::ranges::all_of(sights, is_nothing)) return "nothing";
  std::erase_if(sights, is_nothing);
  if (sights.size() == 1 && sights.front().actor == "server") return sights.front().seen;
  std::string all;
  for (const PreconditionRecord& sight : sights)
    all += fmt::format("{}{} {}", all.empty() ? "" : "; ", sight.actor, sight.seen);
  return all;
}

}  // namespace

CellResult cell_result_of(const Record& record) {
  return {.scenario = record.scenario,
          .theme = record.theme,
          .title = record.title,
          .point = record.point,
          .verdict = record.verdict,
          .reason = record.reason,
          .outcome = record.outcome ? record.outcome->text() : std::string(),
          .measured = record.repetition && record.outcome
                          ? measured_text(*record.repetition, record.outcome->is_bound())
                          : std::string(),
          .seen = sight_of(record.preconditions),
          .expected = record.expected.text(),
          .promised = record.promised ? record.promised->text() : std::string(),
          .is_predicted = record.predicted.has_value()};
}

}  // namespace timewait
