#pragma once

#include <optional>
#include <vector>

#include "harness/scenario/scenario.h"
#include "harness/scenario/text_block.h"

namespace timewait {

/// Reads the table of `expect`, drawn as the matrix that will be printed: the columns are the
/// values of the last variation, the labels of a row are the values of the others. A single outcome
/// stands for all cells. Returns one outcome a cell, last variation fastest; throws ScenarioError
/// when the table does not fit the variations.
std::vector<Outcome> read_expectation(const SourceText& source, const TextBlock& block,
                                      const std::vector<Variation>& variations);

/// Reads the table of `promised`, which has the form of `expect`; `-` where nothing is promised.
std::vector<std::optional<Outcome>> read_promises(const SourceText& source, const TextBlock& block,
                                                  const std::vector<Variation>& variations);

}  // namespace timewait
