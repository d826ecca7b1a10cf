#include "harness/report/reference_cell.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/net/ephemeral_port.h"
#include "harness/report/matrix.h"

namespace timewait {
namespace {

/// True when the script names the port: "127.0.0.4:45000".
bool is_named(const Record& record, int port) {
  const std::string digits = fmt::format(":{}", port);
  return std::ranges::any_of(record.steps, [&](const StepRecord& step) {
    const auto found = step.text.find(digits);
    if (found == std::string::npos) return false;
    const auto after = found + digits.size();
    return after == step.text.size() || step.text[after] < '0' || step.text[after] > '9';
  });
}

std::string endpoint_text(const Record& record, const Endpoint& endpoint, bool is_connected) {
  const auto& relocation = record.relocation;
  const Endpoint own = relocation ? relocation->in_script(endpoint, is_connected) : endpoint;
  if (own != endpoint) return own.text();
  const PortRange range = relocation ? relocation->ephemeral : kEphemeralPorts;
  const bool is_chosen = range.contains(endpoint.port()) && !is_named(record, endpoint.port());
  return is_chosen ? endpoint.host() + ":*" : endpoint.text();
}

std::string entry_text(const Record& record, const SocketEntry& entry) {
  const bool is_connected = entry.remote.port() != 0;
  return fmt::format("{} {} {} -> {}", kProtocols.name(entry.protocol),
                     kTcpStates.name(entry.state), endpoint_text(record, entry.local, is_connected),
                     endpoint_text(record, entry.remote, is_connected));
}

std::vector<std::string> seen_in(const Record& record) {
  std::vector<std::string> seen;
  for (const PreconditionRecord& look : record.preconditions)
    seen.push_back(fmt::format("{} {}", look.actor, look.seen));
  return seen;
}

std::vector<std::string> states_in(const Record& record) {
  std::vector<std::string> states;
  for (const SocketEntry& entry : record.table_before)
    if (record.is_on_attempted_port(entry)) states.push_back(entry_text(record, entry));
  std::ranges::sort(states);
  return states;
}

/// What a cell has now and what a further run of it gave, as far as they differ.
std::map<CellAspect, std::set<std::string>> variety(const ReferenceCell& cell,
                                                    const ReferenceCell& run) {
  std::map<CellAspect, std::set<std::string>> varies;
  for (const auto& [aspect, name] : kCellAspects.rows()) {
    std::set<std::string> values = cell.values(aspect);
    values.merge(run.values(aspect));
    if (values.size() > 1) varies[aspect] = values;
  }
  return varies;
}

}  // namespace

std::string ReferenceCell::name() const { return fmt::format("{}/{}", scenario, cell_name(point)); }

std::set<std::string> ReferenceCell::values(CellAspect aspect) const {
  if (const auto found = varies.find(aspect); found != varies.end()) return found->second;
  switch (aspect) {
    case CellAspect::verdict:
      return {std::string(kVerdicts.name(verdict))};
    case CellAspect::outcome:
      return {outcome};
    case CellAspect::expected:
      return {expected};
    case CellAspect::predicted:
      return {predicted};
    case CellAspect::seen:
      return {fmt::format("{}", fmt::join(seen, "; "))};
    case CellAspect::states:
      return {fmt::format("{}", fmt::join(states, "; "))};
  }
  return {};
}

ReferenceCell reference_cell_of(const Record& record) {
  const bool is_predicted = record.predicted && record.predicted->outcome;
  return {.scenario = record.scenario,
          .point = record.point,
          .verdict = record.verdict,
          .outcome = record.outcome ? record.outcome->text() : "",
          .expected = record.expected.text(),
          .predicted = is_predicted ? record.predicted->outcome->text() : "",
          .seen = seen_in(record),
          .states = states_in(record)};
}

void ReferenceCells::add(const Record& record) {
  ReferenceCell run = reference_cell_of(record);
  const auto [place, is_new] = places_.emplace(run.name(), cells_.size());
  if (is_new) {
    cells_.push_back(std::move(run));
    return;
  }
  ReferenceCell& cell = cells_[place->second];
  const auto varies = variety(cell, run);
  if (badness(run.verdict) > badness(cell.verdict)) cell = std::move(run);
  cell.varies = varies;
}

}  // namespace timewait
