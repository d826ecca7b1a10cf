#include "harness/model/rule.h"

#include <algorithm>
#include <array>

#include "harness/model/rules_of_calls.h"
#include "harness/model/rules_of_connections.h"
#include "harness/model/rules_of_ports.h"
#include "harness/model/rules_of_segments.h"

namespace timewait {
namespace {

template <std::size_t... Sizes>
constexpr auto joined(const std::array<RuleRow, Sizes>&... parts) {
  std::array<RuleRow, (Sizes + ...)> rows{};
  auto* next = rows.data();
  ((next = std::copy(parts.begin(), parts.end(), next)), ...);
  return rows;
}

constexpr auto kRows = joined(kRulesOfPorts, kRulesOfConnections, kRulesOfSegments, kRulesOfCalls);

static_assert(kRows.size() == kRuleCount);

}  // namespace

std::span<const RuleRow> rule_table() { return kRows; }

const RuleRow& row_of(Rule rule) { return kRows[static_cast<std::size_t>(rule)]; }

std::optional<Rule> find_rule(std::string_view name) {
  const auto* found = std::ranges::find(kRows, name, &RuleRow::name);
  return found == kRows.end() ? std::nullopt : std::optional(found->rule);
}

void add_rules(std::vector<Rule>& rules, const std::vector<Rule>& more) {
  for (const Rule rule : more)
    if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
}

}  // namespace timewait
