#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/model/prediction.h"
#include "harness/net/ephemeral_port.h"
#include "harness/run/timeline.h"
#include "harness/scenario/actor_place.h"

namespace timewait {

/// Which port of the kernel's choice stands for which one of the model's. Ports that a script names
/// are the same on both sides, and stand for themselves once they were seen.
class PortPairs {
 public:
  /// `ephemeral`: what the kernel chose from.
  explicit PortPairs(const PortRange& ephemeral) : ephemeral_(ephemeral) {}

  bool may_be(std::uint16_t predicted, std::uint16_t seen) const;
  void learn(std::uint16_t predicted, std::uint16_t seen);

 private:
  PortRange ephemeral_;
  std::map<std::uint16_t, std::uint16_t> seen_for_;
  std::set<std::uint16_t> taken_;
};

/// Follows each entry of the kernel's table through the life that the model predicted for it.
class LifeFollower {
 public:
  explicit LifeFollower(const std::vector<PredictedSocket>& sockets,
                        const PortRange& ephemeral = kEphemeralPorts)
      : sockets_(sockets), ports_(ephemeral) {}

  /// What `table`, seen at the end of a step, shows that the model does not have by then.
  std::optional<std::string> surplus(std::size_t step, const Table& table);

  /// What the model has at `place` by then and `table`, which was followed, does not show.
  std::optional<std::string> missing(std::size_t step, const Table& table,
                                     const ActorPlace& place) const;

 private:
  /// An entry as a look showed it, by the end of a step.
  struct Sight {
    std::size_t step;
    SocketEntry entry;
  };

  /// The place in the life of one predicted socket up to which looks have come, and what they saw.
  struct Followed {
    std::size_t socket = 0;
    std::size_t moment = 0;
    std::vector<Sight> sights{};
  };

  /// What is left of a connection has the cookie of its socket, which may be bound to another port
  /// meanwhile.
  using Key = std::pair<std::uint64_t, std::uint16_t>;

  bool is_on_the_way(std::size_t step, const SocketEntry& entry);
  bool begin_to_follow(std::size_t step, const SocketEntry& entry, bool settled);
  bool advance(Followed& followed, std::size_t step, const SocketEntry& entry);
  bool exchange(Followed& one, const Sight& now);
  bool retrace(Followed& followed, const std::vector<Sight>& sights);

  bool fits(const Endpoint& predicted, const Endpoint& seen) const;
  bool fits(const PredictedSocket::Moment& moment, const SocketEntry& seen) const;
  bool is_taken(std::size_t socket, std::uint64_t cookie) const;
  bool is_shown(std::size_t socket, const Table& table) const;

  const std::vector<PredictedSocket>& sockets_;
  PortPairs ports_;
  std::map<Key, Followed> followed_;
};

}  // namespace timewait
