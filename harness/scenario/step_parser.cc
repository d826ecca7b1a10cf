#include "harness/scenario/step_parser.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "harness/net/errno_name.h"
#include "harness/process/exit_state.h"
#include "harness/scenario/verb_table.h"

namespace timewait {
namespace {

constexpr int kMostSeconds = 3600;

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return words;
}

bool is_placeholder(std::string_view word) {
  return word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z';
}

bool is_actor_name(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// The number that `word` is, nothing when it is none or negative.
std::optional<int> whole_number(const std::string& word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool is_number = error == std::errc() && end == word.data() + word.size();
  return is_number && number >= 0 ? std::optional(number) : std::nullopt;
}

/// Reads one line against the grammar.
class LineParser {
 public:
  LineParser(const SourceText& source, int line, const std::vector<Token>& tokens)
      : source_(source), line_(line), tokens_(tokens) {}

  Step parse() {
    const VerbRow& row = find_row();
    std::vector<std::string> pattern = split(row.pattern);
    if (has_option(row)) {
      for (std::string& word : split(row.option)) pattern.push_back(std::move(word));
    }
    step_.verb = row.verb;
    step_.at = {.line = line_, .column = tokens_.front().column};
    step_.text = joined(0, tokens_.size());
    match(row, pattern);
    return std::move(step_);
  }

 private:
  [[noreturn]] void fail(std::size_t token, const std::string& message) const {
    const bool beyond = token >= tokens_.size();
    const int column = beyond ? tokens_.back().column + static_cast<int>(tokens_.back().text.size())
                              : tokens_[token].column;
    throw ScenarioError(source_, {.line = line_, .column = column}, message);
  }

  static std::string usage(const VerbRow& row) {
    if (row.option.empty()) return std::string(row.pattern);
    return fmt::format("{} [{}]", row.pattern, row.option);
  }

  std::string joined(std::size_t first, std::size_t last) const {
    std::string text;
    for (std::size_t i = first; i < last; ++i) text += (i > first ? " " : "") + tokens_[i].text;
    return text;
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
    if (best == nullptr) fail(tokens_.size() > 1 ? 1 : 0, unknown_verb());
    return *best;
  }

  /// How many literal words of the row stand in the line; 0 when its verb does not.
  std::size_t matching_literals(const VerbRow& row) const {
    const auto pattern = split(row.pattern);
    const std::size_t verb = is_placeholder(pattern.front()) ? 1 : 0;
    if (tokens_.size() <= verb || tokens_[verb].text != pattern[verb]) return 0;
    std::size_t literals = 0;
    for (std::size_t i = 0; i < std::min(pattern.size(), tokens_.size()); ++i)
      literals += tokens_[i].text == pattern[i];
    return literals;
  }

  /// Between "rebind" and "rebind ADDRESS": the one with a place for the second word.
  bool fits_better(const VerbRow& row, const VerbRow& best) const {
    if (row.verb != best.verb || tokens_.size() < 2) return false;
    return tokens_[1].text != split(row.option).front();
  }

  std::string unknown_verb() const {
    const std::string& word = tokens_[tokens_.size() > 1 ? 1 : 0].text;
    std::vector<std::string> known;
    for (const VerbRow& row : verb_table()) {
      const auto pattern = split(row.pattern);
      const std::string& verb = pattern[is_placeholder(pattern.front()) ? 1 : 0];
      if (std::ranges::find(known, verb) == known.end()) known.push_back(verb);
    }
    return fmt::format("unknown verb \"{}\"; the verbs are {}", word, fmt::join(known, ", "));
  }

  /// True when the line ends with the row's option, "with reuseaddr".
  bool has_option(const VerbRow& row) const {
    const auto option = split(row.option);
    if (option.empty() || tokens_.size() < split(row.pattern).size() + option.size()) return false;
    return tokens_[tokens_.size() - option.size()].text == option.front();
  }

  void match(const VerbRow& row, const std::vector<std::string>& pattern) {
    std::size_t token = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const std::size_t after = pattern.size() - i - 1;
      if (token + after >= tokens_.size())
        fail(tokens_.size(), fmt::format("this step wants: {}", usage(row)));
      const bool takes_rest = pattern[i].ends_with("...");
      const std::size_t end = takes_rest ? tokens_.size() - after : token + 1;
      match_word(row, pattern[i], token, end);
      token = end;
    }
    if (token < tokens_.size())
      fail(token, fmt::format("\"{}\" is too much here; this step wants: {}", tokens_[token].text,
                              usage(row)));
  }

  void match_word(const VerbRow& row, const std::string& word, std::size_t first,
                  std::size_t last) {
    if (is_placeholder(word)) return read(word, first, last);
    if (tokens_[first].text != word)
      fail(first, fmt::format("\"{}\" stands where \"{}\" should; this step wants: {}",
                              tokens_[first].text, word, usage(row)));
  }

  void read(std::string_view placeholder, std::size_t first, std::size_t last) {
    const std::string& word = tokens_[first].text;
    if (placeholder == "ACTOR") {
      if (!is_actor_name(word))
        fail(first, fmt::format("\"{}\" is no actor's name: small letters, digits, - and _", word));
      step_.actor = word;
    } else if (placeholder == "PROGRAM..." || placeholder == "CALL..." || placeholder == "NAME") {
      for (std::size_t i = first; i < last; ++i) step_.words.push_back(tokens_[i].text);
    } else if (placeholder == "TEXT..." || placeholder == "VALUE...") {
      step_.phrase = joined(first, last);
    } else if (placeholder == "STATES...") {
      read_states(first, last);
    } else {
      read_value(placeholder, first, word);
    }
  }

  void read_value(std::string_view placeholder, std::size_t at, const std::string& word) {
    if (placeholder == "OPTIONS") {
      step_.options = kOptionSets.find(word);
      if (!step_.options)
        fail(at, fmt::format("\"{}\" is no option set; there are {}", word, kOptionSets.names()));
    } else if (placeholder == "ADDRESS") {
      step_.endpoint = Endpoint::parse(word);
      if (!step_.endpoint)
        fail(at, fmt::format("\"{}\" is no address; write 127.0.0.1:12000 or [::1]:12000", word));
    } else if (placeholder == "SIGNAL") {
      step_.number = find_signal(word);
      if (step_.number == 0) fail(at, fmt::format("\"{}\" is no signal; write SIGKILL", word));
    } else if (placeholder == "ERRNO") {
      step_.error = find_errno(word);
      if (!step_.error) fail(at, fmt::format("\"{}\" is no errno; write EADDRINUSE", word));
    } else if (placeholder == "CALL:ERRNO") {
      const auto failure = Outcome::parse(word);
      if (!failure || !failure->has_failed())
        fail(at, fmt::format("\"{}\" is no failed call; write bind:EADDRINUSE", word));
      step_.failure = *failure;
    } else if (placeholder == "SECONDS") {
      read_seconds(at, word);
    } else if (placeholder == "LINK") {
      if (word != "up" && word != "down")
        fail(at, fmt::format("the loopback goes up or down, not \"{}\"", word));
      step_.number = word == "up" ? 1 : 0;
    } else {
      read_number(at, word);
    }
  }

  void read_number(std::size_t at, const std::string& word) {
    const auto number = whole_number(word);
    if (!number) fail(at, fmt::format("\"{}\" is no number", word));
    step_.number = *number;
  }

  void read_seconds(std::size_t at, const std::string& word) {
    const auto seconds = whole_number(word);
    if (!seconds || *seconds < 1 || *seconds > kMostSeconds)
      fail(at,
           fmt::format("\"{}\" is no whole number of seconds from 1 to {}", word, kMostSeconds));
    step_.number = *seconds;
  }

  void read_states(std::size_t first, std::size_t last) {
    std::vector<std::string> words;
    for (std::size_t i = first; i < last; ++i) words.push_back(tokens_[i].text);
    std::string wrong;
    const auto states = StateList::parse(words, wrong);
    const auto is_wrong = [&](const std::string& word) {
      return word == wrong || word == wrong + ",";
    };
    if (!states)
      fail(first + static_cast<std::size_t>(std::ranges::find_if(words, is_wrong) - words.begin()),
           fmt::format("\"{}\" does not fit a list of states such as \"LISTEN, 2 TIME_WAIT\" "
                       "or \"nothing\"; the states are {}",
                       wrong, kTcpStates.names()));
    step_.states = *states;
  }

  const SourceText& source_;
  int line_;
  const std::vector<Token>& tokens_;
  Step step_;
};

}  // namespace

Step parse_step(const SourceText& source, int line, const std::vector<Token>& tokens) {
  return LineParser(source, line, tokens).parse();
}

}  // namespace timewait
