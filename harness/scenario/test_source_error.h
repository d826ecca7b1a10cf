// What is said about a place of a file, put together from its parts, for tests.
#pragma once

#include <fmt/format.h>

#include <string>

#include "harness/scenario/source_text.h"

namespace timewait {

/// The text of the error that says `what` of a place: then the line, and a caret below the column.
inline std::string error_at(const SourceText& source, const Position& at, const std::string& what) {
  return fmt::format("{}:{}:{}: {}\n  {}\n{:>{}}", source.path(), at.line, at.column, what,
                     source.line(at.line), "^", at.column + 2);
}

}  // namespace timewait
