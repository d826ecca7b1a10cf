#pragma once

#include <string>
#include <vector>

#include "harness/scenario/source_text.h"
#include "harness/scenario/step.h"

namespace timewait {

/// A word of a script line with the column it began in.
struct Token {
  std::string text;
  int column = 1;
};

/// Reads one line of a script against the verb table. Throws ScenarioError with the column of the
/// word that is wrong.
Step parse_step(const SourceText& source, int line, const std::vector<Token>& tokens);

}  // namespace timewait
