#include "harness/explore/rule_hunt.h"

#include "harness/explore/random_scripts.h"

namespace timewait {
namespace {

constexpr std::size_t kCalls = 20;

bool differs(const Prediction& one, const Prediction& other) {
  return one.outcome != other.outcome || one.trouble != other.trouble ||
         one.bound_after != other.bound_after;
}

/// Whether it is the lack of the rule that shows, and not something else that the model has wrong.
bool is_due_to(const ModelSettings& lacking, const SmallFinding& found) {
  const auto without = modelled(found.finding.script, lacking);
  const auto whole = modelled(found.finding.script, {.traits = lacking.traits});
  return without && whole &&
         (without->answers != whole->answers || without->open != whole->open ||
          without->left != whole->left);
}

}  // namespace

RuleHunter::RuleHunter(ExploreSettings settings, std::size_t budget,
                       const std::vector<SelectedCell>& cells, const KernelTraits& traits)
    : settings_(settings), budget_(budget), traits_(traits) {
  settings_.enough = 1;
  for (const SelectedCell& cell : cells)
    known_.push_back({.cell = cell, .prediction = predict(*cell.cell, {.traits = traits})});
}

RuleHunt RuleHunter::hunt(Rule rule) const {
  const ModelSettings lacking{.traits = traits_, .broken = {rule}};
  const RandomScripts scripts({.seed = 1,
                               .count = budget_,
                               .length = kCalls,
                               .has_users = sandbox_has_users(settings_.isolation),
                               .model = lacking});
  const Tally tally = explore(scripts, settings_);
  RuleHunt hunt{.rule = rule, .scripts = tally.scripts};
  auto found = smallest(tally.findings, 1, lacking, settings_.isolation);
  if (!found.empty() && is_due_to(lacking, found.front()))
    hunt.found = std::move(found.front());
  else
    hunt.cell = cell_without(rule);
  return hunt;
}

std::string RuleHunter::cell_without(Rule rule) const {
  for (const auto& [cell, prediction] : known_)
    if (differs(predict(*cell.cell, {.traits = traits_, .broken = {rule}}), prediction))
      return cell.scenario->name + "/" + cell_name(cell.cell->point);
  return {};
}

}  // namespace timewait
