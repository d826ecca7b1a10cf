#pragma once

#include <span>
#include <string_view>

#include "harness/scenario/step.h"

namespace timewait {

/// A row of the language's grammar. A pattern is made of literal words and of placeholders in
/// capitals; a placeholder that ends in "..." takes the rest of the line. `option` may be added at
/// the end of the line or left out.
struct VerbRow {
  Verb verb;
  std::string_view pattern;
  std::string_view option;
  std::string_view meaning;  ///< what the step does, for `timewait show` and the reference
};

/// Every sentence a script can say.
std::span<const VerbRow> verb_table();

/// The row of `verb`.
const VerbRow& row_of(Verb verb);

}  // namespace timewait
