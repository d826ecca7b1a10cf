#pragma once

#include <string>
#include <string_view>

#include "harness/report/text_style.h"
#include "harness/run/record.h"

namespace timewait {

/// How a verdict is shown on a terminal.
struct VerdictLook {
  std::string_view mark;
  std::string_view ascii;
  Colour colour = Colour::none;
  std::string_view legend;
};

VerdictLook look_of(Verdict verdict);

/// The mark of a verdict in its colour, as far as the style has both.
std::string verdict_mark(Verdict verdict, const TextStyle& style);

}  // namespace timewait
