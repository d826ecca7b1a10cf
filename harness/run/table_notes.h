#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "harness/kernel/socket_options.h"
#include "harness/kernel/socket_table.h"

namespace timewait {

/// Writes into table entries what the kernel's table does not tell: who has the socket open and
/// which options it has.
class TableNotes {
 public:
  /// Asks who has which socket open, by inode.
  using OwnersOf = std::function<std::map<std::uint32_t, std::string>()>;

  explicit TableNotes(OwnersOf owners_of) : owners_of_(std::move(owners_of)) {}

  /// Owners are asked for anew from the next entry on: processes forked, executed or ended.
  void forget_owners() { owners_.clear(); }

  /// Sockets as they were just read.
  void learn(const std::vector<HeldSocket>& sockets);

  /// Completes the entries. A mini-socket, which may have a cookie of its own, gets the options
  /// that the socket with its 4-tuple had when it was last read.
  void complete(std::vector<SocketEntry>& table);

 private:
  struct Connection {
    Endpoint local, remote;
    OptionSet options;
  };

  std::string owner_of(std::uint32_t inode);
  void complete_options(SocketEntry& entry);

  OwnersOf owners_of_;
  std::map<std::uint32_t, std::string> owners_;
  std::map<std::uint64_t, OptionSet> options_;  ///< by cookie
  std::vector<Connection> connections_;         ///< whose options are known
};

}  // namespace timewait
