// Scripts that are checked as if each was the whole of a file, for tests.
#pragma once

#include <string>
#include <vector>

#include "harness/scenario/script_check.h"
#include "harness/scenario/step_parser.h"
#include "harness/scenario/tokens.h"

namespace timewait {

/// The cell of a script that begins in the first line of its file.
inline Cell scripted(const std::string& script) {
  const SourceText source("a.toml", script);
  Cell cell;
  for (int line = 1; !source.line(line).empty(); ++line)
    cell.steps.push_back(
        parse_step(source, line, tokens_of({.at = {.line = line}, .text = source.line(line)})));
  cell.actors = check_script(source, {}, cell.steps);
  return cell;
}

inline std::vector<Actor> checked_actors(const std::string& script) {
  return scripted(script).actors;
}

/// What is said about a script that is wrong.
inline std::string script_error(const std::string& script) {
  try {
    scripted(script);
    return "nothing is wrong";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

/// What every script ends with that is not about its attempt.
inline const std::string kAttempt = "\nprecondition server LISTEN\nrebind";

}  // namespace timewait
