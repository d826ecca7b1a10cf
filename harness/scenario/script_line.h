#pragma once

#include <compare>
#include <string>
#include <vector>

#include "harness/scenario/source_text.h"

namespace timewait {

/// A word of a script line with the column it began in.
struct Token {
  std::string text;
  int column = 1;

  auto operator<=>(const Token&) const = default;
};

/// The words of one line of a script and where in the file they stand.
struct ScriptLine {
  const SourceText& source;
  int number = 1;  ///< of the line in the file
  const std::vector<Token>& tokens;

  /// Throws ScenarioError with a caret at a word, or behind the line where there is no such word.
  [[noreturn]] void fail(std::size_t token, const std::string& message) const;

  /// The words from `first` on, up to `last`, with one blank between them.
  std::string joined(std::size_t first, std::size_t last) const;
};

}  // namespace timewait
