#include "harness/report/table_changes.h"

#include <algorithm>

namespace timewait {
namespace {

bool has_same_cookie(const SocketEntry& one, const SocketEntry& other) {
  return one.cookie != 0 && one.cookie == other.cookie;
}

bool has_same_tuple(const SocketEntry& one, const SocketEntry& other) {
  return one.protocol == other.protocol && one.local.unmapped() == other.local.unmapped() &&
         one.remote.unmapped() == other.remote.unmapped();
}

/// Finds for each entry of a table what it was before; nothing is found twice.
class Predecessors {
 public:
  Predecessors(const Table& before, const Table& after) : left_(before), found_(after.size()) {
    take(after, has_same_cookie);
    take(after, has_same_tuple);
  }

  const std::optional<SocketEntry>& of(std::size_t index) const { return found_[index]; }
  const Table& left() const { return left_; }

 private:
  template <typename Same>
  void take(const Table& after, Same is_same) {
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (found_[i]) continue;
      const auto match = std::ranges::find_if(
          left_, [&](const SocketEntry& entry) { return is_same(entry, after[i]); });
      if (match == left_.end()) continue;
      found_[i] = *match;
      left_.erase(match);
    }
  }

  Table left_;
  std::vector<std::optional<SocketEntry>> found_;
};

}  // namespace

std::vector<TableChange> table_changes(const Table& before, const Table& after) {
  const Predecessors predecessors(before, after);
  std::vector<TableChange> changes;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto& earlier = predecessors.of(i);
    if (!earlier || earlier->state != after[i].state)
      changes.push_back({.before = earlier, .after = after[i]});
  }
  for (const SocketEntry& entry : predecessors.left())
    changes.push_back({.before = entry, .after = std::nullopt});
  return changes;
}

Table with_former_owners(Table table, const Table& before) {
  const Predecessors predecessors(before, table);
  for (std::size_t i = 0; i < table.size(); ++i)
    if (const auto& earlier = predecessors.of(i); earlier && table[i].owner.empty())
      table[i].owner = earlier->owner;
  return table;
}

}  // namespace timewait
