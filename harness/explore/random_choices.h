#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "harness/explore/dice.h"
#include "harness/explore/draft.h"

namespace timewait {

/// One of the rows, each with the chance that its `weight` gives it.
template <typename Rows>
const auto& weighed(Dice& dice, const Rows& rows) {
  std::size_t sum = 0;
  for (const auto& row : rows) sum += row.weight;
  std::size_t at = dice.below(sum);
  auto row = std::begin(rows);
  for (; at >= row->weight; ++row) at -= row->weight;
  return *row;
}

/// What random scripts put into calls: mostly what is common, now and then what is odd.
SocketKind some_kind(Dice& dice);
OptionSet some_options(Dice& dice);
/// Where a socket of this kind may be bound, mostly at the first of a script's ports.
Endpoint some_address(Dice& dice, SocketKind kind);
/// Where it may connect to, preferably where one of `sockets` listens.
Endpoint some_destination(Dice& dice, const std::vector<DraftSocket>& sockets, SocketKind kind);

/// Sets an option that is an int.
Call set_int(const std::string& socket, const char* name, long long value);
/// Sets an option that few programs set, or to a value that it does not have.
Call odd_option(Dice& dice, const std::string& socket);

}  // namespace timewait
