#pragma once

#include <string>
#include <vector>

#include "harness/run/timeline.h"

namespace timewait {

/// What became of the entries of the socket table between two looks, a line for each whose state
/// changed: "server 127.0.0.1:12000 -> 127.0.0.1:40312: ESTABLISHED -> FIN_WAIT1". An entry that
/// came has only its state, of one that went it says "gone".
std::vector<std::string> table_changes(const Table& before, const Table& after);

/// `table`, in which entries that nobody holds any more are named after who held them `before`.
Table with_former_owners(Table table, const Table& before);

}  // namespace timewait
