#include "harness/run/skipped_cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/run/cell_place.h"

namespace timewait {
namespace {

/// Why a cell cannot run; empty when it can.
std::string reason_to_skip(const Cell& cell, Isolation rung, const MachineProbe& probe,
                           bool (*is_installed)(const std::string& program)) {
  if (std::string refusal = CellPlace(cell, rung).refusal(); !refusal.empty()) return refusal;
  const CellNeeds needs = needs_of(cell);
  for (const Ability ability : needs.abilities)
    if (!probe.can(ability))
      return fmt::format("{}: {}", kAbilities.name(ability), probe.refusals.at(ability));
  for (const std::string& name : needs.sysctls)
    if (probe.missing_sysctls.contains(name))
      return fmt::format("this kernel has no sysctl {}", name);
  for (const std::string& program : needs.programs)
    if (!is_installed(program)) return fmt::format("the program {} is not installed", program);
  return "";
}

}  // namespace

std::set<std::string> sysctls_of(const std::vector<Scenario>& scenarios) {
  std::set<std::string> all;
  for (const Scenario& scenario : scenarios)
    for (const Cell& cell : scenario.cells) all.merge(needs_of(cell).sysctls);
  return all;
}

std::vector<SkippedCells> skipped_cells(const std::vector<Scenario>& scenarios, Isolation rung,
                                        const MachineProbe& probe,
                                        bool (*is_installed)(const std::string& program)) {
  std::vector<SkippedCells> all;
  for (const Scenario& scenario : scenarios)
    for (const Cell& cell : scenario.cells) {
      const std::string reason = reason_to_skip(cell, rung, probe, is_installed);
      if (reason.empty()) continue;
      auto same = std::ranges::find(all, reason, &SkippedCells::reason);
      if (same == all.end()) same = all.insert(all.end(), {.reason = reason, .cells = {}});
      same->cells.push_back(fmt::format("{}/{}", scenario.name, cell_name(cell.point)));
    }
  return all;
}

}  // namespace timewait
