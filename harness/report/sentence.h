#pragma once

#include <string>

#include "harness/scenario/scenario.h"

namespace timewait {

/// What a step of `cell` does, as one would say it to a class, with the names, addresses and
/// options of this very step.
std::string sentence_of(const Step& step, const Cell& cell);

}  // namespace timewait
