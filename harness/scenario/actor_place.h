#pragma once

#include <vector>

#include "harness/base/enum_table.h"
#include "harness/kernel/socket_table.h"
#include "harness/scenario/state_list.h"

namespace timewait {

/// Which entries of the socket table belong to an actor: those with this local endpoint, or, for
/// a client, those with this remote one.
struct ActorPlace {
  enum class Side { local, remote };
  Side side = Side::local;
  Endpoint endpoint;
  Protocol protocol = Protocol::tcp;

  bool operator==(const ActorPlace&) const = default;
};

inline constexpr auto kSides = enum_table<ActorPlace::Side>({
    {ActorPlace::Side::local, "local"},
    {ActorPlace::Side::remote, "remote"},
});

/// True when `entry` belongs to what `place` describes.
bool belongs(const SocketEntry& entry, const ActorPlace& place);

/// How many entries there are of each state, as a script writes it: "LISTEN, 2 ESTABLISHED".
StateList states_of(const std::vector<SocketEntry>& entries);

}  // namespace timewait
