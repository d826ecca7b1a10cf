#include "harness/report/table_change.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

std::string name_of(const SocketEntry& entry) {
  const std::string protocol = entry.protocol == Protocol::udp ? "udp " : "";
  const std::string remote = entry.remote.port() == 0 ? "" : " -> " + entry.remote.text();
  return fmt::format("{}{}{}{}{}", entry.owner, entry.owner.empty() ? "" : " ", protocol,
                     entry.local.text(), remote);
}

/// The same socket in another look, or null. A mini-socket inherits the cookie
/// (net/ipv4/inet_timewait_sock.c, inet_twsk_alloc()).
const SocketEntry* find_same(const Table& table, const SocketEntry& entry) {
  const auto found = std::ranges::find(table, entry.cookie, &SocketEntry::cookie);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> table_changes(const Table& before, const Table& after) {
  std::vector<std::string> changes;
  for (const SocketEntry& entry : before)
    if (find_same(after, entry) == nullptr)
      changes.push_back(
          fmt::format("{}: {} -> gone", name_of(entry), kTcpStates.name(entry.state)));
  for (const SocketEntry& entry : after) {
    const SocketEntry* old = find_same(before, entry);
    if (old != nullptr && old->state == entry.state) continue;
    const std::string was =
        old == nullptr ? "" : fmt::format("{} -> ", kTcpStates.name(old->state));
    changes.push_back(fmt::format("{}: {}{}", name_of(entry), was, kTcpStates.name(entry.state)));
  }
  return changes;
}

Table with_former_owners(Table table, const Table& before) {
  for (SocketEntry& entry : table) {
    const SocketEntry* old = find_same(before, entry);
    if (entry.owner.empty() && old != nullptr) entry.owner = old->owner;
  }
  return table;
}

}  // namespace timewait
