#pragma once

#include <vector>

#include "harness/scenario/step_parser.h"
#include "harness/scenario/text_block.h"

namespace timewait {

/// The words of a line with their columns. A '#' that begins a word begins a comment.
std::vector<Token> tokens_of(const TextLine& line);

}  // namespace timewait
