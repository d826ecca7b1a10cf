#include "harness/scenario/script_line.h"

namespace timewait {

void ScriptLine::fail(std::size_t token, const std::string& message) const {
  const bool beyond = token >= tokens.size();
  const int column = beyond ? tokens.back().column + static_cast<int>(tokens.back().text.size())
                            : tokens[token].column;
  throw ScenarioError(source, {.line = number, .column = column}, message);
}

std::string ScriptLine::joined(std::size_t first, std::size_t last) const {
  std::string text;
  for (std::size_t i = first; i < last; ++i) text += (i > first ? " " : "") + tokens[i].text;
  return text;
}

}  // namespace timewait
