#include "harness/scenario/step_parser.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/scenario/step_arguments.h"
#include "harness/scenario/verb_table.h"

namespace timewait {
namespace {

using PatternWords = std::span<const std::string_view>;

bool takes_rest(std::string_view word) { return word.ends_with("..."); }

/// Reads one line against the grammar.
class LineParser {
 public:
  explicit LineParser(const ScriptLine& line) : line_(line), tokens_(line.tokens) {}

  Step parse() {
    const VerbRow& row = find_row();
    const PatternWords words = row.pattern.words();
    std::vector<std::string_view> pattern(words.begin(), words.end());
    if (has_option(row))
      pattern.insert(pattern.end(), row.option.words().begin(), row.option.words().end());
    step_.verb = row.verb;
    step_.at = {.line = line_.number, .column = tokens_.front().column};
    step_.text = line_.joined(0, tokens_.size());
    match(row, pattern);
    return std::move(step_);
  }

 private:
  static std::string usage(const VerbRow& row) {
    if (row.option.empty()) return std::string(row.pattern.text());
    return fmt::format("{} [{}]", row.pattern.text(), row.option.text());
  }

  /// The row whose literal words stand where the pattern has them; the longest such row wins.
  const VerbRow& find_row() const {
    const VerbRow* best = nullptr;
    std::size_t best_literals = 0;
    for (const VerbRow& row : verb_table()) {
      const auto literals = matching_literals(row);
      if (literals > best_literals ||
          (literals == best_literals && best && fits_better(row, *best)))
        best = &row, best_literals = literals;
    }
    if (best == nullptr) line_.fail(tokens_.size() > 1 ? 1 : 0, unknown_verb());
    return *best;
  }

  /// How many literal words of the row stand in the line, those behind what takes the rest counted
  /// from its end; 0 when its verb does not.
  std::size_t matching_literals(const VerbRow& row) const {
    const PatternWords pattern = row.pattern.words();
    const std::size_t verb = is_placeholder(pattern.front()) ? 1 : 0;
    if (tokens_.size() <= verb || tokens_[verb].text != pattern[verb]) return 0;
    std::size_t literals = 0;
    std::size_t behind = 0;  // how many words from the end on; 0 before what takes the rest
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const std::size_t left = pattern.size() - i;
      const std::size_t token = behind == 0 ? i : std::max(tokens_.size(), behind + left) - left;
      literals += token < tokens_.size() && tokens_[token].text == pattern[i];
      if (takes_rest(pattern[i])) behind = i + 1;
    }
    return literals;
  }

  /// Between "rebind" and "rebind ADDRESS": the one with a place for the second word.
  bool fits_better(const VerbRow& row, const VerbRow& best) const {
    if (row.verb != best.verb || tokens_.size() < 2) return false;
    return tokens_[1].text != row.option.words().front();
  }

  std::string unknown_verb() const {
    const std::string& word = tokens_[tokens_.size() > 1 ? 1 : 0].text;
    std::vector<std::string_view> known;
    for (const VerbRow& row : verb_table()) {
      const PatternWords pattern = row.pattern.words();
      const std::string_view verb = pattern[is_placeholder(pattern.front()) ? 1 : 0];
      if (std::ranges::find(known, verb) == known.end()) known.push_back(verb);
    }
    return fmt::format("unknown verb \"{}\"; the verbs are {}", word, fmt::join(known, ", "));
  }

  /// True when the line ends with the row's option, "with reuseaddr".
  bool has_option(const VerbRow& row) const {
    const PatternWords option = row.option.words();
    const std::size_t words = row.pattern.words().size() + option.size();
    if (option.empty() || tokens_.size() < words) return false;
    return tokens_[tokens_.size() - option.size()].text == option.front();
  }

  void match(const VerbRow& row, PatternWords pattern) {
    std::size_t token = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const std::size_t after = pattern.size() - i - 1;
      if (token + after >= tokens_.size())
        line_.fail(tokens_.size(), fmt::format("this step wants: {}", usage(row)));
      const std::size_t end = takes_rest(pattern[i]) ? tokens_.size() - after : token + 1;
      match_word(row, pattern[i], token, end);
      token = end;
    }
    if (token < tokens_.size())
      line_.fail(token, fmt::format("\"{}\" is too much here; this step wants: {}",
                                    tokens_[token].text, usage(row)));
  }

  void match_word(const VerbRow& row, std::string_view word, std::size_t first, std::size_t last) {
    if (is_placeholder(word)) return read_argument(word, line_, first, last, step_);
    if (tokens_[first].text != word)
      line_.fail(first, fmt::format("\"{}\" stands where \"{}\" should; this step wants: {}",
                                    tokens_[first].text, word, usage(row)));
  }

  const ScriptLine& line_;
  const std::vector<Token>& tokens_;
  Step step_;
};

}  // namespace

Step parse_step(const SourceText& source, int line, const std::vector<Token>& tokens) {
  const ScriptLine words{.source = source, .number = line, .tokens = tokens};
  return LineParser(words).parse();
}

}  // namespace timewait
