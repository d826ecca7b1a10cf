#include "harness/model/saying.h"

#include "harness/words/catalogue.h"

namespace timewait {
namespace {

std::string argument_text(const Saying::Argument& argument, Language language) {
  if (const auto* saying = std::get_if<Saying>(&argument)) return text(*saying, language);
  return std::get<std::string>(argument);
}

/// A sentence with a capital at its beginning, unless that is a name of the kernel's.
std::string capitalised(std::string sentence) {
  const std::string_view first_word = std::string_view(sentence).substr(0, sentence.find(' '));
  const bool is_name = first_word.find_first_of("_()") != std::string_view::npos;
  if (!is_name && !sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

}  // namespace

bool operator==(const Saying& left, const Saying& right) {
  return left.phrase == right.phrase && left.arguments == right.arguments;
}

Saying verbatim(std::string text) {
  return {.phrase = Phrase::verbatim, .arguments = {std::move(text)}};
}

Saying saying_of(Rule rule) {
  return {.phrase = Phrase::rule, .arguments = {std::string(row_of(rule).name)}};
}

std::string rule_sentence(Rule rule, Language language) {
  const RuleRow& row = row_of(rule);
  return std::string(text_in(language, "rule", row.name, row.says));
}

std::string text(const Saying& saying, Language language) {
  std::vector<std::string> arguments;
  for (const Saying::Argument& argument : saying.arguments)
    arguments.push_back(argument_text(argument, language));
  if (saying.phrase == Phrase::rule && arguments.size() == 1)
    if (const auto rule = find_rule(arguments.front())) return rule_sentence(*rule, language);
  const PhraseRow& row = row_of(saying.phrase);
  return filled(text_in(language, "phrase", row.id, row.english), arguments);
}

std::string text(const Explanation& explanation, Language language) {
  // Chinese has neither capitals nor blanks between sentences.
  const bool is_chinese = language == Language::zh;
  std::string all;
  for (const Saying& saying : explanation) {
    if (!is_chinese && !all.empty()) all += ' ';
    const std::string sentence = text(saying, language);
    all += is_chinese ? sentence : capitalised(sentence);
  }
  return all;
}

}  // namespace timewait
