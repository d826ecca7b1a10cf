#include "harness/report/doctor_report.h"

#include <algorithm>

#include "harness/report/machine_advice.h"

namespace timewait {
namespace {

/// What `refusals` says of a rung, up to where the next one begins.
std::string refusal_in(const std::string& refusals, std::string_view rung) {
  const std::string head = std::string(rung) + ": ";
  const auto begin = refusals.find(head);
  if (begin == std::string::npos) return "";
  auto end = refusals.size();
  for (const auto& [other, name] : kIsolations.rows())
    end = std::min(end, refusals.find("; " + std::string(name) + ": ", begin));
  return refusals.substr(begin + head.size(), end - begin - head.size());
}

}  // namespace

std::vector<RungFinding> rungs_of(const IsolationProbe& probe) {
  std::vector<RungFinding> rungs;
  bool is_found = false;
  for (const auto& [rung, name] : kIsolations.rows()) {
    RungFinding finding{.rung = rung, .refusal = refusal_in(probe.refusals, name)};
    if (probe.rung == rung)
      finding.state = RungState::used;
    else if (is_found)
      finding.state = RungState::not_needed;
    else if (!finding.refusal.empty())
      finding.state = RungState::refused;
    is_found = is_found || probe.rung == rung;
    rungs.push_back(finding);
  }
  return rungs;
}

std::vector<std::string> DoctorReport::advice(Ability ability) const {
  const bool is_lowest = isolation.rung && !has_own_network(*isolation.rung);
  const bool is_best = isolation.rung == Isolation::user_namespace;
  const bool was_chosen = isolation.rung && !is_best && isolation.refusals.empty();
  const bool is_of_better_rungs = is_lowest && needs_own_network(ability);
  if (was_chosen && (is_of_better_rungs || ability == Ability::user_namespace ||
                     (is_lowest && ability == Ability::capture)))
    return {"try one of the better rungs: leave --isolation out"};
  if (is_of_better_rungs) return {"allow one of the better rungs, as above"};
  return advice_on(ability, restrictions);
}

bool DoctorReport::can_run() const {
  return isolation.rung && missing_programs.empty() && scenario_trouble.empty();
}

}  // namespace timewait
