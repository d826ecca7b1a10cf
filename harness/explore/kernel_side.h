#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/explore/script.h"
#include "harness/kernel/socket_table.h"
#include "harness/net/caller.h"

namespace timewait {

/// A script as it is being played on the kernel, by sockets of this very process. What is left open
/// is closed at the end, in the order of the descriptors.
class PlayedScript {
 public:
  explicit PlayedScript(std::uint16_t first_port);
  PlayedScript(const PlayedScript&) = delete;
  PlayedScript& operator=(const PlayedScript&) = delete;
  ~PlayedScript();

  /// Makes a call, at the script's own ports; the answer is in terms of the ports that scripts
  /// name. A call that has to wait is interrupted. Throws CallError as Caller does.
  Answer make(const Call& call);

  /// The states of the TCP sockets that are open and connected or listening, as sorted words.
  std::vector<std::string> open_states();

 private:
  void remember(const Call& call);

  Caller caller_;
  std::uint16_t first_port_;
  std::map<std::string, int> sockets_;  ///< the open TCP ones; a number for each
  int opened_ = 0;
  bool is_somebody_else_ = false;  ///< a seteuid() was made
};

/// The kernel as scripts see it: a network namespace of its own, which has to be that of the caller
/// and fresh, with acknowledgements that are never late and ports for so many scripts.
class KernelSide {
 public:
  static constexpr std::size_t kMostScripts = 15000;

  /// Prepares the namespace. Throws SystemError where the kernel refuses.
  KernelSide();
  KernelSide(const KernelSide&) = delete;
  KernelSide& operator=(const KernelSide&) = delete;
  ~KernelSide();

  /// The ports of script number `script`.
  static std::uint16_t first_port(std::size_t script);

  /// What the socket table holds at the ports of each of the first `scripts` scripts, as sorted
  /// texts: what is left of them once they are over.
  std::vector<std::vector<std::string>> leftovers(std::size_t scripts);

  /// The entries at the ports of script number `script` as they are now, in terms of the ports that
  /// scripts name.
  std::vector<SocketEntry> entries_of(std::size_t script);

  /// Whether seteuid() can be called here: a user namespace may know one user only.
  static bool has_users();

 private:
  SocketTable table_;
};

/// An entry of the table as the two sides are compared: "TIME_WAIT 127.0.0.1:12000 127.0.0.1:*".
std::string comparable_text(TcpState state, const Endpoint& local, const Endpoint& remote);

}  // namespace timewait
