#pragma once

#include "harness/model/world.h"

namespace timewait {

/// A setsockopt() of an option that has a rule of its own.
struct SpecialOption {
  Option option = Option::debug;
  int value = 0;
  std::size_t size = 0;
  const Call& call;
  int uid = 0;
};

/// Returns 0 or the errno.
int set_special(World& world, ModelSocket& socket, const SpecialOption& what);

/// What getsockopt() answers for one that is not just a value that was kept.
Answer read_special(World& world, ModelSocket& socket, const OptionRow& row);

}  // namespace timewait
