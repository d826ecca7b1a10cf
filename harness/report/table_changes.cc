#include "harness/report/table_changes.h"

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
  Predecessors(const Table& before, const Table& after)
      : before_(before), is_taken_(before.size()), found_(after.size()) {
    take(after, has_same_cookie);
    take(after, has_same_tuple);
  }

  const std::vector<std::optional<std::size_t>>& found() const { return found_; }

  /// The entry that entry `index` was before; null when it is new.
  const SocketEntry* of(std::size_t index) const {
    return found_[index] ? &before_[*found_[index]] : nullptr;
  }

  /// True when entry `index` of the table before is gone.
  bool is_gone(std::size_t index) const { return !is_taken_[index]; }

 private:
  template <typename Same>
  void take(const Table& after, Same is_same) {
    for (std::size_t i = 0; i < after.size(); ++i)
      for (std::size_t old = 0; old < before_.size() && !found_[i]; ++old) {
        if (is_taken_[old] || !is_same(before_[old], after[i])) continue;
        is_taken_[old] = true;
        found_[i] = old;
      }
  }

  const Table& before_;
  std::vector<bool> is_taken_;
  std::vector<std::optional<std::size_t>> found_;
};

}  // namespace

std::vector<std::optional<std::size_t>> predecessors(const Table& before, const Table& after) {
  return Predecessors(before, after).found();
}

std::vector<TableChange> table_changes(const Table& before, const Table& after) {
  const Predecessors earlier(before, after);
  std::vector<TableChange> changes;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const SocketEntry* entry = earlier.of(i);
    if (entry == nullptr)
      changes.push_back({.before = std::nullopt, .after = after[i]});
    else if (entry->state != after[i].state)
      changes.push_back({.before = *entry, .after = after[i]});
  }
  for (std::size_t i = 0; i < before.size(); ++i)
    if (earlier.is_gone(i)) changes.push_back({.before = before[i], .after = std::nullopt});
  return changes;
}

Table with_former_owners(Table table, const Table& before) {
  const Predecessors earlier(before, table);
  for (std::size_t i = 0; i < table.size(); ++i)
    if (const SocketEntry* entry = earlier.of(i); entry != nullptr && table[i].owner.empty())
      table[i].owner = entry->owner;
  return table;
}

}  // namespace timewait
