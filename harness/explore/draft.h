#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/explore/model_side.h"

namespace timewait {

/// What a generator has to know of a socket that a script has open.
struct DraftSocket {
  std::string name;
  SocketKind kind = SocketKind::tcp;
  Endpoint address;       ///< what it was bound to, as far as the script says
  bool is_bound = false;  ///< by bind()
  bool is_listening = false;
  bool is_connected = false;  ///< it was once

  bool is_idle() const { return !is_listening && !is_connected; }
};

/// A script while it is being made: calls that the model has answered, and which sockets they left
/// open. Sockets are named a, b, c in the order in which they are made, so that scripts that differ
/// in names alone are one and the same.
class Draft {
 public:
  static constexpr std::size_t kMostSockets = 26;

  explicit Draft(const ModelSettings& settings = {}) : model_(settings) {}

  /// Makes a call on the model. Returns whether it came back and succeeded.
  bool make(const Call& call);
  /// Makes calls until one fails. Returns whether none did.
  bool make(const Script& calls);

  /// What the next socket will be called.
  std::string next_name() const { return std::string(1, static_cast<char>('a' + names_)); }
  bool has_names() const { return names_ < kMostSockets; }

  const std::vector<DraftSocket>& sockets() const { return sockets_; }
  const Script& script() const { return model_.script(); }

  bool is_over() const { return model_.is_over(); }
  ModelledScript finish() { return model_.finish(); }

 private:
  void open(DraftSocket socket, const std::string& name);
  void remember(const Call& call);

  ModelSide model_;
  std::vector<DraftSocket> sockets_;
  std::size_t names_ = 0;
};

/// Where a TCP socket of this kind can connect to so as to reach the listener `listener`; nothing
/// where their families do not meet.
std::vector<Endpoint> ways_to(const DraftSocket& listener, SocketKind kind);

}  // namespace timewait
