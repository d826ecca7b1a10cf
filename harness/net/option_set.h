#pragma once

#include <string_view>
#include <vector>

#include "harness/base/enum_table.h"
#include "harness/net/socket_call.h"

namespace timewait {

/// What is set on a socket before bind().
enum class OptionSet { plain, reuseaddr, reuseport, both };

inline constexpr auto kOptionSets = enum_table<OptionSet>({
    {OptionSet::plain, "plain"},
    {OptionSet::reuseaddr, "reuseaddr"},
    {OptionSet::reuseport, "reuseport"},
    {OptionSet::both, "both"},
});

constexpr bool has_reuseaddr(OptionSet set) {
  return set == OptionSet::reuseaddr || set == OptionSet::both;
}
constexpr bool has_reuseport(OptionSet set) {
  return set == OptionSet::reuseport || set == OptionSet::both;
}

/// Sets the options of `set` on `fd`, SO_REUSEADDR first. `plain` makes no call at all, as the
/// documents' first programs make none. Returns the calls made; stops at the first that failed.
std::vector<CallResult> apply(OptionSet set, int fd);

}  // namespace timewait
