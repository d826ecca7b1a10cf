#include "harness/scenario/shard.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "harness/base/error.h"
#include "harness/scenario/text_digest.h"

namespace timewait {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr int kMostShards = 10'000;

bool is_part(int index, int count) { return index >= 1 && index <= count && count <= kMostShards; }

}  // namespace

std::string Shard::text() const { return fmt::format("{}/{}", index, count); }

Shard parse_shard(std::string_view text) {
  const auto slash = text.find('/');
  const auto index = number(text.substr(0, slash));
  const auto count =
      slash == std::string_view::npos ? std::nullopt : number(text.substr(slash + 1));
  if (!index || !count || !is_part(*index, *count))
    throw BadInput(fmt::format(
        "shard {} is no part of a run; the parts of three are 1/3, 2/3 and 3/3, and there are {} "
        "at most",
        text, kMostShards));
  return {.index = *index, .count = *count};
}

std::optional<Shard> shard_of_gtest(const char* total, const char* index) {
  if (total == nullptr && index == nullptr) return std::nullopt;
  if (total == nullptr || index == nullptr)
    throw BadInput(fmt::format("{} is set, but {} is not: set both, or say --shard",
                               total == nullptr ? "GTEST_SHARD_INDEX" : "GTEST_TOTAL_SHARDS",
                               total == nullptr ? "GTEST_TOTAL_SHARDS" : "GTEST_SHARD_INDEX"));
  const auto count = number(total);
  const auto zero_based = number(index);
  if (!count || !zero_based || *zero_based >= kMostShards || !is_part(*zero_based + 1, *count))
    throw BadInput(fmt::format(
        "GTEST_SHARD_INDEX={} is no part of GTEST_TOTAL_SHARDS={}: it counts from 0, and there "
        "are {} parts at most",
        index, total, kMostShards));
  if (*count == 1) return std::nullopt;
  return Shard{.index = *zero_based + 1, .count = *count};
}

std::string digest_of(const std::vector<SelectedCell>& cells) {
  TextDigest digest;
  for (const SelectedCell& one : cells)
    digest.add(one.scenario->name + "/" + cell_name(one.cell->point) + "\n");
  return digest.text();
}

std::vector<SelectedCell> cells_of_shard(const std::vector<SelectedCell>& cells,
                                         const Shard& shard) {
  std::map<const Cell*, int> places;
  std::vector<SelectedCell> dealt;
  for (const SelectedCell& one : cells) {
    const int place = places.emplace(one.cell, static_cast<int>(places.size())).first->second;
    if (place % shard.count == shard.index - 1) dealt.push_back(one);
  }
  return dealt;
}

}  // namespace timewait
