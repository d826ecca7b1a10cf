#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "harness/scenario/step.h"

namespace timewait {

/// A sentence of the grammar, split into its words when this is compiled: every line of every
/// script is held against all of them.
class VerbPattern {
 public:
  constexpr VerbPattern(const char* text) : text_(text) {
    for (std::string_view rest = text_; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      words_.at(count_++) = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  constexpr std::string_view text() const { return text_; }
  constexpr std::span<const std::string_view> words() const { return {words_.data(), count_}; }
  constexpr bool empty() const { return count_ == 0; }

 private:
  static constexpr std::size_t kMostWords = 7;

  std::string_view text_;
  std::array<std::string_view, kMostWords> words_{};
  std::size_t count_ = 0;
};

/// A row of the language's grammar. A pattern is made of literal words and of placeholders in
/// capitals; a placeholder that ends in "..." takes the rest of the line. `option` may be added at
/// the end of the line or left out.
struct VerbRow {
  Verb verb;
  VerbPattern pattern;
  VerbPattern option;
  std::string_view meaning;  ///< what the step does, for `timewait show` and the reference
};

/// Every sentence a script can say.
std::span<const VerbRow> verb_table();

/// The row of `verb`.
const VerbRow& row_of(Verb verb);

}  // namespace timewait
