#include "harness/scenario/translation.h"

#include <algorithm>

namespace timewait {

std::string Translation::theme(const std::string& folder) const {
  if (const auto found = themes.find(folder); found != themes.end()) return found->second;
  std::string heading = folder;
  std::ranges::replace(heading, '-', ' ');
  return heading;
}

std::string Translation::title(const std::string& name, const std::string& english) const {
  const auto found = scenarios.find(name);
  return found == scenarios.end() ? english : found->second.title;
}

ScenarioTexts Translation::texts_of(const Scenario& scenario) const {
  const auto found = scenarios.find(scenario.name);
  if (found != scenarios.end()) return found->second;
  return {.title = scenario.title, .teaches = scenario.teaches};
}

Claim Translation::translated(Claim claim) const {
  const auto found = claims.find(claim.id);
  if (found == claims.end()) return claim;
  claim.from = found->second.from;
  claim.says = found->second.says;
  claim.truth = found->second.truth;
  claim.condition = found->second.condition;
  return claim;
}

}  // namespace timewait
