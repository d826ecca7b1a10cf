#include "harness/scenario/cell_expansion.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/scenario/expectation.h"
#include "harness/scenario/repeated_lines.h"
#include "harness/scenario/script_check.h"
#include "harness/scenario/step_parser.h"
#include "harness/scenario/tokens.h"

namespace timewait {
namespace {

// Beyond what any script needs; all that is made of a scenario stays small enough to be kept.
constexpr std::size_t kLongestStep = 1000;
constexpr std::size_t kMostSteps = 200'000;  ///< of all cells

/// The value each variation has in one cell.
using Choice = std::vector<const VariationValue*>;

std::vector<Choice> choices_of(const std::vector<Variation>& variations) {
  std::vector<Choice> choices{{}};
  for (const Variation& variation : variations) {
    std::vector<Choice> longer;
    for (const Choice& choice : choices)
      for (const VariationValue& value : variation.values) {
        longer.push_back(choice);
        longer.back().push_back(&value);
      }
    choices = std::move(longer);
  }
  return choices;
}

class Substitution {
 public:
  Substitution(const SourceText& source, const std::vector<Variation>& variations,
               const Choice& choice)
      : source_(source), variations_(variations), choice_(choice) {}

  /// The words of a line with `{name}` and `{name.field}` replaced. What a value adds in words all
  /// stands in the column of the brace.
  std::vector<Token> apply(const WordedLine& line) const {
    std::vector<Token> words;
    std::size_t length = 0;
    for (const Token& token : line.tokens) {
      const Position at{.line = line.number, .column = token.column};
      const bool is_written_out = !has_brace(token);
      const std::string text = is_written_out ? token.text : replace(token, at);
      length += text.size();
      check_length(length, at);
      if (is_written_out) {
        words.push_back(token);
        continue;
      }
      for (Token& word : tokens_of({.at = at, .text = text})) {
        word.column = token.column;
        words.push_back(std::move(word));
      }
    }
    return words;
  }

 private:
  static bool has_brace(const Token& token) { return token.text.find('{') != std::string::npos; }

  std::string replace(const Token& token, Position at) const {
    std::string text = token.text;
    for (auto open = text.find('{'); open != std::string::npos;) {
      const auto close = text.find('}', open);
      if (close == std::string::npos) throw ScenarioError(source_, at, "this { is never closed");
      const std::string name = text.substr(open + 1, close - open - 1);
      const std::string value = value_of(name, at);
      text.replace(open, close - open + 1, value);
      check_length(text.size(), at);
      open = text.find('{', open + value.size());
    }
    return text;
  }

  void check_length(std::size_t length, Position at) const {
    if (length > kLongestStep)
      throw ScenarioError(source_, at, fmt::format("a step has at most {} bytes", kLongestStep));
  }

  std::string value_of(const std::string& name, Position at) const {
    const auto dot = name.find('.');
    const auto variation = std::ranges::find(variations_, name.substr(0, dot), &Variation::name);
    if (variation == variations_.end())
      throw ScenarioError(source_, at, fmt::format("nothing called \"{}\" is varied", name));
    const VariationValue& value =
        *choice_[static_cast<std::size_t>(variation - variations_.begin())];
    if (dot == std::string::npos) return value.label;
    const auto field = value.fields.find(name.substr(dot + 1));
    if (field == value.fields.end())
      throw ScenarioError(source_, at,
                          fmt::format("the value \"{}\" of \"{}\" has no \"{}\"", value.label,
                                      variation->name, name.substr(dot + 1)));
    return field->second;
  }

  const SourceText& source_;
  const std::vector<Variation>& variations_;
  const Choice& choice_;
};

/// The lines of the script that have words, as they are written.
std::vector<WordedLine> words_of(const TextBlock& script) {
  std::vector<WordedLine> lines;
  for (const TextLine& line : script.lines)
    if (auto tokens = tokens_of(line); !tokens.empty())
      lines.push_back({.number = line.at.line, .tokens = std::move(tokens)});
  return lines;
}

/// The lines that have words in this cell.
std::vector<WordedLine> words_in_cell(const std::vector<WordedLine>& script,
                                      const Substitution& substitution) {
  std::vector<WordedLine> lines;
  lines.reserve(script.size());
  for (const WordedLine& line : script)
    if (auto tokens = substitution.apply(line); !tokens.empty())
      lines.push_back({.number = line.number, .tokens = std::move(tokens)});
  return lines;
}

/// Reads the lines of a script. Most are the same in many cells and are read once.
class StepReader {
 public:
  explicit StepReader(const SourceText& source) : source_(source) {}

  const Step& read(const WordedLine& line) {
    auto known = steps_.find(line);
    if (known == steps_.end())
      known = steps_.emplace(line, parse_step(source_, line.number, line.tokens)).first;
    return known->second;
  }

 private:
  const SourceText& source_;
  std::map<WordedLine, Step> steps_;
};

/// An attempt that is repeated has an expectation of its own.
void check_repetition(const SourceText& source, const Step& attempt, const Outcome& expected) {
  if (attempt.verb == Verb::rebind_until_bound && !expected.is_bound())
    throw ScenarioError(
        source, attempt.at,
        fmt::format("this ends when it is bound, but {} is expected", expected.text()));
  if (attempt.verb == Verb::rebind_for && expected.is_bound())
    throw ScenarioError(source, attempt.at,
                        "this is for a port that stays in use, but bound is expected");
}

}  // namespace

void expand_cells(const SourceText& source, const TextBlock& script, const TextBlock& expect,
                  const TextBlock* promised, Scenario& scenario) {
  const auto expected = read_expectation(source, expect, scenario.variations);
  std::vector<std::optional<Outcome>> promises;
  if (promised != nullptr) promises = read_promises(source, *promised, scenario.variations);
  const auto choices = choices_of(scenario.variations);
  const std::vector<WordedLine> lines = words_of(script);
  StepReader reader(source);
  scenario.cells.reserve(choices.size());
  std::size_t steps = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    Cell cell{.point = {}, .steps = {}, .actors = {}, .expected = expected[i]};
    if (promised != nullptr) cell.promised = promises[i];
    for (std::size_t v = 0; v < scenario.variations.size(); ++v)
      cell.point.emplace_back(scenario.variations[v].name, choices[i][v]->label);
    const Substitution substitution(source, scenario.variations, choices[i]);
    const auto written_out = write_out_repeats(source, words_in_cell(lines, substitution));
    steps += written_out.size();
    if (steps > kMostSteps)
      throw ScenarioError(source, script.at,
                          fmt::format("all cells together have more than {} steps", kMostSteps));
    cell.steps.reserve(written_out.size());
    for (const WordedLine& line : written_out) cell.steps.push_back(reader.read(line));
    cell.actors = check_script(source, script.at, cell.steps);
    check_repetition(source, cell.steps.back(), cell.expected);
    scenario.cells.push_back(std::move(cell));
  }
}

}  // namespace timewait
