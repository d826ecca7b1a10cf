#include "harness/report/reading.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/sentence.h"

namespace timewait {
namespace {

constexpr int kIndent = 6;

std::string varied(const Scenario& scenario) {
  std::string text;
  for (const Variation& variation : scenario.variations) {
    std::vector<std::string> labels;
    for (const VariationValue& value : variation.values) labels.push_back(value.label);
    text += fmt::format("  {}: {}\n", variation.name, fmt::join(labels, ", "));
  }
  return text;
}

std::string step_text(int number, const Step& step, const Cell& cell, const TextStyle& style) {
  return fmt::format("  {:>2}  {}\n      {}\n", number, paint(style, Colour::bold, step.text),
                     wrapped(sentence_of(step, cell), style.width - kIndent, kIndent));
}

}  // namespace

std::string read_aloud(const Scenario& scenario, const Cell& cell, const TextStyle& style) {
  std::string text = fmt::format("{}  {}\n{}\nfrom {}\n", paint(style, Colour::bold, scenario.name),
                                 scenario.title, wrapped(scenario.teaches, style.width, 0),
                                 fmt::join(scenario.from, ", "));
  if (!scenario.variations.empty()) text += fmt::format("\nvaries\n{}", varied(scenario));
  text += fmt::format("\nthe cell {}\n", cell_name(cell.point));
  int number = 0;
  for (const Step& step : cell.steps) text += step_text(++number, step, cell, style);
  text += fmt::format("\nexpected: {}\n", cell.expected.text());
  if (cell.promised) text += fmt::format("promised: {}\n", cell.promised->text());
  return text;
}

}  // namespace timewait
