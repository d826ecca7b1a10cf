#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/model/kernel_model.h"
#include "harness/model/model_socket.h"
#include "harness/model/network.h"
#include "harness/model/rule.h"
#include "harness/model/tcp_transitions.h"

namespace timewait {

/// A segment on the loopback.
struct ModelSegment {
  int network = 0;
  Endpoint from;
  Endpoint to;
  std::uint64_t seq = 0;
  std::uint64_t ack = 0;
  std::uint64_t edge = 0;  ///< the sender takes what is before it
  int bytes = 0;
  bool is_ack = false;
  bool syn = false;
  bool fin = false;
  bool reset = false;
  bool urgent = false;

  std::uint64_t end() const {
    return seq + static_cast<std::uint64_t>(bytes) + (syn ? 1 : 0) + (fin ? 1 : 0);
  }
};

/// What the kernel remembers of a port as long as somebody holds it (struct inet_bind_bucket).
struct Bucket {
  enum class Cache : std::uint8_t { none, strict, any };
  struct Address {
    Endpoint at;
    bool connect_only = false;
  };

  int network = 0;
  std::uint16_t port = 0;
  bool connect_only = false;  ///< connect() chose the port for all who have it
  bool all_reuse = false;     ///< every binder had SO_REUSEADDR
  Cache cache = Cache::none;  ///< of the last binder with SO_REUSEPORT
  int cached_uid = 0;
  LocalAddress cached;
  std::vector<Address> addresses;
};

/// A process: names for descriptors, and descriptors for sockets.
struct ModelProcess {
  static constexpr int kClosed = -1;
  static constexpr int kPipe = -2;

  int network = 0;
  int uid = 0;
  bool has_ended = false;
  std::vector<std::pair<std::string, int>> names;
  std::vector<int> descriptors;  ///< places in World::sockets; kPipe for what is no socket
};

/// Everything that the model knows, and what all of its parts do with it.
struct World {
  explicit World(const KernelTraits& traits);

  KernelTraits traits;
  RuleBook rules;
  std::deque<ModelSocket> sockets;
  std::deque<Network> networks;
  std::vector<ModelProcess> processes;
  std::vector<Bucket> buckets;
  std::vector<ModelSegment> wire;  ///< sent and not yet received
  std::vector<StateChange> history;
  std::optional<Conflict> conflict;  ///< of the call that is being made
  Duration now{};
  int last_id = 0;
  int chosen_ports = 0;          ///< how often a port was chosen: hardly ever the same one twice
  int chained = 0;               ///< how many UDP sockets have had a port
  std::uint64_t last_start = 0;  ///< sequence number of the last SYN

  bool decides(Rule rule, bool condition = true) { return rules.decides(rule, condition); }
  Network& network_of(const ModelSocket& socket);
  const Sysctls& sysctls_of(const ModelSocket& socket) { return network_of(socket).sysctls; }

  ModelSocket& new_socket(const ModelSocket& like);
  ModelSocket& at(int place) { return sockets[static_cast<std::size_t>(place)]; }
  /// The socket has changed its state, or has none any more.
  void note(const ModelSocket& socket, bool is_gone = false);
  /// Gives the socket a state and notes it.
  void enter(ModelSocket& socket, TcpState state);
  /// Notes what is in the table now instead of the socket, which was there before.
  void note_what_is_left(const ModelSocket& socket);

  /// What is in the table under this id; null when nothing is.
  const ModelSocket* find(int id) const;
  /// Who has this 4-tuple; null when nobody has.
  ModelSocket* find_connection(int network, const Endpoint& local, const Endpoint& remote);
  /// Who listens for connections to this address; null when nobody does.
  ModelSocket* find_listener(int network, const Endpoint& local);
  int mini_sockets(int network) const;

  ModelEntry entry_of(const ModelSocket& socket) const;
};

}  // namespace timewait
