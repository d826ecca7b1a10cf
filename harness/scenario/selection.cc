#include "harness/scenario/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// How many letters must be added, dropped or changed to make one word the other.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

/// "; did you mean NAME?" if one of the known names is near enough to be meant.
std::string suggestion(const std::string& name, const std::vector<std::string>& known) {
  const auto nearest =
      std::ranges::min_element(known, {}, [&](const auto& one) { return distance(name, one); });
  if (nearest == known.end()) return "";
  const bool is_part = name.size() > 2 && nearest->find(name) != std::string::npos;
  if (!is_part && distance(name, *nearest) > name.size() / 2) return "";
  return fmt::format("; did you mean {}?", *nearest);
}

const Cell& find_cell(const Scenario& scenario, const std::string& name) {
  std::vector<std::string> known;
  for (const Cell& cell : scenario.cells) {
    known.push_back(cell_name(cell.point));
    if (known.back() == name) return cell;
  }
  throw BadInput(
      fmt::format("{} has no cell \"{}\"{}", scenario.name, name, suggestion(name, known)));
}

/// Slow scenarios run only when they are asked for.
bool leaves_slow_out(const std::vector<std::string>& names, const std::string& tag) {
  return names.empty() && tag.empty();
}

}  // namespace

std::string_view slow_tag(const Scenario& scenario) {
  for (const std::string_view tag : {"slow", "slowest"})
    if (std::ranges::find(scenario.tags, tag) != scenario.tags.end()) return tag;
  return "";
}

std::map<std::string, int> left_out_cells(const std::vector<Scenario>& scenarios,
                                          const std::vector<std::string>& names,
                                          const std::string& tag) {
  std::map<std::string, int> left_out;
  if (!leaves_slow_out(names, tag)) return left_out;
  for (const Scenario& scenario : scenarios)
    if (const std::string_view slow = slow_tag(scenario); !slow.empty())
      left_out[std::string(slow)] += static_cast<int>(scenario.cells.size());
  return left_out;
}

const Scenario& find_scenario(const std::vector<Scenario>& scenarios, const std::string& name) {
  const auto found = std::ranges::find(scenarios, name, &Scenario::name);
  if (found != scenarios.end()) return *found;
  std::vector<std::string> known;
  for (const Scenario& scenario : scenarios) known.push_back(scenario.name);
  throw BadInput(fmt::format("there is no scenario \"{}\"{} (\"timewait list\" shows all)", name,
                             suggestion(name, known)));
}

std::vector<SelectedCell> select_cells(const std::vector<Scenario>& scenarios,
                                       const std::vector<std::string>& names,
                                       const std::string& tag) {
  std::vector<SelectedCell> selected;
  const auto add = [&](const Scenario& scenario, const Cell& cell) {
    if (tag.empty() || std::ranges::find(scenario.tags, tag) != scenario.tags.end())
      selected.push_back({.scenario = &scenario, .cell = &cell});
  };
  const auto add_all = [&](const Scenario& scenario) {
    for (const Cell& cell : scenario.cells) add(scenario, cell);
  };
  if (names.empty())
    for (const Scenario& scenario : scenarios)
      if (!leaves_slow_out(names, tag) || slow_tag(scenario).empty()) add_all(scenario);
  for (const std::string& name : names) {
    const auto slash = name.find('/');
    const std::string scenario_name = name.substr(0, slash);
    const Scenario& scenario = find_scenario(scenarios, scenario_name);
    if (slash == std::string::npos)
      add_all(scenario);
    else
      add(scenario, find_cell(scenario, name.substr(slash + 1)));
  }
  if (selected.empty() && tag.empty())
    throw BadInput("all scenarios are slow; run them with --tag slow");
  if (selected.empty())
    throw BadInput(fmt::format("{} has the tag \"{}\"",
                               names.empty() ? "no scenario" : "none of these scenarios", tag));
  return selected;
}

}  // namespace timewait
