#include "harness/report/reading.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/report_words.h"
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
  const ScenarioTexts texts = translation_of(style).texts_of(scenario);
  const std::string from = fmt::format("{}", fmt::join(scenario.from, ", "));
  std::string text = fmt::format("{}  {}\n{}\n{}\n", paint(style, Colour::bold, scenario.name),
                                 texts.title, wrapped(texts.teaches, style.width, 0),
                                 told(style, ReportWord::scenario_from, {from}));
  if (!scenario.variations.empty())
    text += fmt::format("\n{}\n{}", told(style, ReportWord::varies), varied(scenario));
  text += fmt::format("\n{}\n", told(style, ReportWord::the_cell, {cell_name(cell.point)}));
  int number = 0;
  for (const Step& step : cell.steps) text += step_text(++number, step, cell, style);
  text += fmt::format("\n{}\n", told(style, ReportWord::expected, {cell.expected.text()}));
  if (cell.promised) text += told(style, ReportWord::promised, {cell.promised->text()}) + "\n";
  return text;
}

}  // namespace timewait
