#pragma once

#include <string_view>

#include "harness/scenario/script_line.h"
#include "harness/scenario/step.h"

namespace timewait {

/// True for a word of the grammar that stands for something, "ACTOR" or "TEXT...".
constexpr bool is_placeholder(std::string_view word) {
  return word.front() >= 'A' && word.front() <= 'Z';
}

/// Reads into `step` what the words `first` up to `last` of a line say for a placeholder. Throws
/// ScenarioError at the word that does not fit.
void read_argument(std::string_view placeholder, const ScriptLine& line, std::size_t first,
                   std::size_t last, Step& step);

}  // namespace timewait
