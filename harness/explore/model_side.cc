#include "harness/explore/model_side.h"

#include <algorithm>

#include "harness/explore/kernel_side.h"

namespace timewait {
namespace {

std::vector<std::string> open_states(const std::vector<ModelEntry>& table) {
  std::vector<std::string> states;
  for (const ModelEntry& entry : table)
    if (entry.protocol == Protocol::tcp && entry.is_held && !entry.is_mini &&
        entry.state != TcpState::bound)
      states.emplace_back(kTcpStates.name(entry.state));
  std::ranges::sort(states);
  return states;
}

std::vector<std::string> texts_of(const std::vector<ModelEntry>& table) {
  std::vector<std::string> texts;
  for (const ModelEntry& entry : table)
    if (entry.protocol == Protocol::tcp)
      texts.push_back(comparable_text(entry.state, entry.local, entry.remote));
  std::ranges::sort(texts);
  return texts;
}

}  // namespace

ModelSide::ModelSide(const ModelSettings& settings)
    : settings_(settings), model_(settings), process_(model_.start_process()) {}

std::optional<ModelAnswer> ModelSide::make(const Call& call) {
  if (is_over_ || undecided_.has(call, model_)) return std::nullopt;
  ModelAnswer answer = model_.call(process_, call);
  is_over_ = answer.waits && !is_tried_only(call.name);
  if (is_over_) return std::nullopt;
  undecided_.remember(call);
  modelled_.script.push_back(call);
  modelled_.answers.push_back(answer.waits ? std::string(kWaits)
                                           : comparable_text(call, answer.answer));
  return answer;
}

ModelledScript ModelSide::finish() {
  if (is_over_) return modelled(modelled_.script, settings_).value();
  modelled_.open = open_states(model_.table());
  model_.end_process(process_);
  modelled_.left = texts_of(model_.table());
  for (const RuleRow& row : rule_table())
    modelled_.decided[static_cast<std::size_t>(row.rule)] = model_.rules().decided(row.rule);
  return std::move(modelled_);
}

std::optional<ModelledScript> modelled(const Script& script, const ModelSettings& settings) {
  ModelSide model(settings);
  try {
    for (const Call& call : script)
      if (!model.make(call)) return std::nullopt;
  } catch (const CallError&) {
    return std::nullopt;
  }
  return model.finish();
}

}  // namespace timewait
