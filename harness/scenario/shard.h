#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/selection.h"

namespace timewait {

/// One of the equal parts into which a run is split, counted from 1: "2/3".
struct Shard {
  int index = 1;
  int count = 1;

  std::string text() const;
  auto operator<=>(const Shard&) const = default;
};

/// Reads "2/3". Throws BadInput for what is no such part, or one of more than 10,000.
Shard parse_shard(std::string_view text);

/// The part that a runner of GoogleTest asks for in GTEST_TOTAL_SHARDS and GTEST_SHARD_INDEX, which
/// counts from 0; nothing when it asks for none, null standing for a variable that is not set.
/// Throws BadInput for values that GoogleTest refuses as well.
std::optional<Shard> shard_of_gtest(const char* total, const char* index);

/// Tells the cells of one run from those of another: the same for the same cells in the same order.
std::string digest_of(const std::vector<SelectedCell>& cells);

/// The cells of `shard`: of N shards each takes every Nth cell, so that each cell is in exactly one
/// and none has over one cell more than another. Neighbouring cells have the same script and cost
/// alike, so shards cost alike, too. A cell that was named twice is twice in its shard.
std::vector<SelectedCell> cells_of_shard(const std::vector<SelectedCell>& cells,
                                         const Shard& shard);

}  // namespace timewait
