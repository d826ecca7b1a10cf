#include "harness/scenario/cell_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"

namespace timewait {
namespace {

/// The parts of `text` between the separators; one empty part of an empty text.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// "SCENARIO/first=*,rebind=*", for messages that say what would have been right.
std::string all_cells(const Scenario& scenario) {
  std::string all = scenario.name;
  for (const Variation& variation : scenario.variations)
    all += fmt::format("{}{}=*", all == scenario.name ? "/" : ",", variation.name);
  return all;
}

std::string labels_of(const Variation& variation) {
  std::string all;
  for (const VariationValue& value : variation.values)
    all += fmt::format("{}{}", all.empty() ? "" : ", ", value.label);
  return all;
}

/// The labels that "plain|reuseaddr" or "*" stands for.
std::vector<std::string> labels_meant(const Variation& variation, const std::string& text) {
  std::vector<std::string> labels;
  if (text == "*") {
    for (const VariationValue& value : variation.values) labels.push_back(value.label);
    return labels;
  }
  labels = split(text, '|');
  for (const std::string& label : labels)
    if (std::ranges::find(variation.values, label, &VariationValue::label) ==
        variation.values.end())
      throw BadInput(fmt::format("\"{}\" is no value of {}; it has {}", label, variation.name,
                                 labels_of(variation)));
  return labels;
}

/// For each variation of the scenario the labels that are meant by "first=plain,rebind=*".
std::vector<std::vector<std::string>> choices_meant(const Scenario& scenario,
                                                    const std::string& cell) {
  const std::vector<std::string> parts =
      cell.empty() ? std::vector<std::string>() : split(cell, ',');
  std::vector<std::vector<std::string>> choices;
  for (const Variation& variation : scenario.variations) {
    const std::size_t at = choices.size();
    const std::string begin = variation.name + "=";
    if (at >= parts.size() || !parts[at].starts_with(begin)) break;
    choices.push_back(labels_meant(variation, parts[at].substr(begin.size())));
  }
  if (choices.size() != scenario.variations.size() || choices.size() != parts.size())
    throw BadInput(fmt::format("name all that is varied, in its order: {}", all_cells(scenario)));
  return choices;
}

bool matches(const Point& point, const std::vector<std::vector<std::string>>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i)
    if (std::ranges::find(choices[i], point[i].second) == choices[i].end()) return false;
  return true;
}

}  // namespace

std::vector<SelectedCell> cells_matching(const std::vector<Scenario>& scenarios,
                                         const std::string& pattern) {
  const auto slash = pattern.find('/');
  const std::string name = pattern.substr(0, slash);
  const Scenario& scenario = find_scenario(scenarios, name);
  const auto choices =
      choices_meant(scenario, slash == std::string::npos ? "" : pattern.substr(slash + 1));
  std::vector<SelectedCell> cells;
  for (const Cell& cell : scenario.cells)
    if (matches(cell.point, choices)) cells.push_back({.scenario = &scenario, .cell = &cell});
  return cells;
}

}  // namespace timewait
