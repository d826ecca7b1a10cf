// Steps that are parsed as the only line of a file, for tests.
#pragma once

#include <string>

#include "harness/scenario/step_parser.h"
#include "harness/scenario/tokens.h"

namespace timewait {

inline Step parsed(const std::string& line) {
  const SourceText source("a.toml", line);
  return parse_step(source, 1, tokens_of({.at = {}, .text = source.line(1)}));
}

/// What is said about a line that is wrong.
inline std::string step_error(const std::string& line) {
  try {
    parsed(line);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

}  // namespace timewait
