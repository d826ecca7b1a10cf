#pragma once

#include <optional>
#include <vector>

#include "harness/run/timeline.h"

namespace timewait {

/// What became of one entry of the socket table from one look to the next.
struct TableChange {
  std::optional<SocketEntry> before;  ///< nothing: the entry is new
  std::optional<SocketEntry> after;   ///< nothing: the entry is gone

  /// The entry as it was seen last.
  const SocketEntry& entry() const { return after ? *after : *before; }
};

/// The entries that appeared, changed their state or went. An entry is known again by its cookie or
/// else by its 4-tuple, since the mini-socket that takes over a connection has a cookie of its own
/// (inet_twsk_alloc()). Those of `after` come first, in its order, then those that are gone.
std::vector<TableChange> table_changes(const Table& before, const Table& after);

}  // namespace timewait
