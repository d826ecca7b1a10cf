#pragma once

#include <string>
#include <variant>
#include <vector>

#include "harness/model/phrase.h"
#include "harness/model/rule.h"
#include "harness/words/language.h"

namespace timewait {

/// A sentence, or a part of one, that can be told in each language: a phrase and what stands in its
/// places, texts that are the same in all languages (an address, a state, an option, a number) or
/// further sayings.
struct Saying {
  using Argument = std::variant<std::string, Saying>;

  Phrase phrase = Phrase::verbatim;
  std::vector<Argument> arguments;
};

bool operator==(const Saying& left, const Saying& right);

/// Sentences that belong together.
using Explanation = std::vector<Saying>;

/// A text that is the same in all languages.
Saying verbatim(std::string text);

/// What `rule` says, as a saying.
Saying saying_of(Rule rule);

/// What `rule` says.
std::string rule_sentence(Rule rule, Language language);

/// A part of a sentence, or a sentence without the capital that it has at its beginning.
std::string text(const Saying& saying, Language language);

/// The sentences one after the other, for people.
std::string text(const Explanation& explanation, Language language);

}  // namespace timewait
