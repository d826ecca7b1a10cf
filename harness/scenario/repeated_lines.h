#pragma once

#include <vector>

#include "harness/scenario/script_line.h"

namespace timewait {

/// The words of one line of a script, with `{...}` replaced.
struct WordedLine {
  int number = 1;  ///< of the line in the file
  std::vector<Token> tokens;

  auto operator<=>(const WordedLine&) const = default;
};

/// Writes the lines between "repeat N times" and "end" out N times, with 1, 2, 3... for "@" in
/// their words. Throws ScenarioError where one of the two stands alone or within another pair.
std::vector<WordedLine> write_out_repeats(const SourceText& source, std::vector<WordedLine> lines);

}  // namespace timewait
