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

/// Whether a better rung has an ability that is not there.
bool is_brought_by_better_rung(Ability ability, bool is_lowest) {
  if (ability == Ability::user_namespace) return true;  // else it would be there
  return is_lowest && (needs_own_network(ability) || ability == Ability::capture);
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
  if (isolation.refusals.empty() && is_brought_by_better_rung(ability, is_lowest))
    return {"try one of the better rungs: leave --isolation out"};
  if (is_lowest && needs_own_network(ability)) return {"allow one of the better rungs, as above"};
  return advice_on(ability, restrictions);
}

bool DoctorReport::can_run() const {
  return isolation.rung && missing_programs.empty() && scenario_trouble.empty();
}

}  // namespace timewait
