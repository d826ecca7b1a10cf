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

/// The entries that appeared, changed their state or went. Those of `after` come first, in its
/// order, then those that are gone. An entry is known again by its cookie, or else by its 4-tuple:
/// a mini-socket keeps the cookie of the socket whose connection it takes over on some kernels, on
/// others it has a new one (inet_twsk_alloc()).
std::vector<TableChange> table_changes(const Table& before, const Table& after);

/// For each entry of `after` where it was in `before`, known again in the same way; nothing for one
/// that is new. No entry of `before` is found twice.
std::vector<std::optional<std::size_t>> predecessors(const Table& before, const Table& after);

/// `table`, in which entries that nobody holds any more are named after who held them `before`.
Table with_former_owners(Table table, const Table& before);

}  // namespace timewait
