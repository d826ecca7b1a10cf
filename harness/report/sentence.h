#pragma once

#include <string>

#include "harness/scenario/scenario.h"

namespace timewait {

/// What a step of `cell` does, as one would say it to a class, with the names, addresses and
/// options of this very step.
std::string sentence_of(const Step& step, const Cell& cell);

/// An option set in words: "no option", "SO_REUSEADDR and SO_REUSEPORT".
std::string spelled(OptionSet options);

}  // namespace timewait
