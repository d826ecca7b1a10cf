#include "harness/run/table_notes.h"

#include <algorithm>

namespace timewait {

void TableNotes::learn(const std::vector<HeldSocket>& sockets) {
  for (const HeldSocket& socket : sockets) options_[socket.cookie] = socket.options;
}

void TableNotes::complete(std::vector<SocketEntry>& table) {
  for (SocketEntry& entry : table) {
    if (entry.inode != 0) entry.owner = owner_of(entry.inode);
    complete_options(entry);
  }
}

std::string TableNotes::owner_of(std::uint32_t inode) {
  if (!owners_.contains(inode)) {
    owners_ = owners_of_();
    owners_.try_emplace(inode);  // nobody's, so that it is not asked for at every look
  }
  return owners_[inode];
}

void TableNotes::complete_options(SocketEntry& entry) {
  const auto known = std::ranges::find_if(connections_, [&](const Connection& connection) {
    return connection.local == entry.local && connection.remote == entry.remote;
  });
  if (const auto read = options_.find(entry.cookie); read != options_.end()) {
    entry.options = read->second;
    if (known != connections_.end())
      known->options = read->second;
    else
      connections_.push_back({entry.local, entry.remote, read->second});
  } else if (known != connections_.end() && entry.inode == 0) {
    entry.options = known->options;
  }
}

}  // namespace timewait
