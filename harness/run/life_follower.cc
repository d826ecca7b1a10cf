#include "harness/run/life_follower.h"

#include <fmt/format.h>

#include <algorithm>

namespace timewait {
namespace {

/// States of a handshake last for microseconds, and a request is no socket yet: seen while its
/// socket is being made, it may have another cookie than that will have (inet_csk_clone_lock()
/// copies what is there, and a look gives one where there was none).
bool is_of_a_handshake(TcpState state) {
  return state == TcpState::syn_sent || state == TcpState::syn_recv;
}

/// What holds no port is on its way out of the table.
bool is_passing(const SocketEntry& entry) {
  return is_of_a_handshake(entry.state) || entry.local.port() == 0;
}

/// The last that happens to a socket by the end of a step; null where it is not there yet.
const PredictedSocket::Moment* settled(const PredictedSocket& socket, std::size_t step) {
  const PredictedSocket::Moment* last = nullptr;
  for (const auto& moment : socket.moments)
    if (moment.step <= step) last = &moment;
  return last;
}

}  // namespace

bool PortPairs::may_be(std::uint16_t predicted, std::uint16_t seen) const {
  const auto known = seen_for_.find(predicted);
  if (known != seen_for_.end()) return known->second == seen;
  return !taken_.contains(seen) &&
         (predicted == seen || (kEphemeralPorts.contains(predicted) && ephemeral_.contains(seen)));
}

void PortPairs::learn(std::uint16_t predicted, std::uint16_t seen) {
  seen_for_.emplace(predicted, seen);
  taken_.insert(seen);
}

std::optional<std::string> LifeFollower::surplus(std::size_t step, const Table& table) {
  for (const SocketEntry& entry : table)
    if (!is_passing(entry) && !is_on_the_way(step, entry))
      return fmt::format("{} {} -> {} is {}, which the model does not have there",
                         kProtocols.name(entry.protocol), entry.local.text(), entry.remote.text(),
                         kTcpStates.name(entry.state));
  return std::nullopt;
}

std::optional<std::string> LifeFollower::missing(std::size_t step, const Table& table,
                                                 const ActorPlace& place) const {
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    const auto* now = settled(sockets_[i], step);
    const bool is_there = now != nullptr && now->state && !is_of_a_handshake(*now->state) &&
                          sockets_[i].protocol == place.protocol &&
                          now->local.port() == place.endpoint.port();
    if (!is_there || is_shown(i, table)) continue;
    return fmt::format("nothing is seen of {} {} -> {}, which is {} in the model",
                       kProtocols.name(sockets_[i].protocol), now->local.text(), now->remote.text(),
                       kTcpStates.name(*now->state));
  }
  return std::nullopt;
}

bool LifeFollower::is_on_the_way(std::size_t step, const SocketEntry& entry) {
  const auto known = followed_.find(Key(entry.cookie, entry.local.port()));
  if (known != followed_.end())
    return advance(known->second, step, entry) || exchange(known->second, {step, entry});
  // Rather one that has just this state by now than one that had it on its way.
  return begin_to_follow(step, entry, true) || begin_to_follow(step, entry, false);
}

bool LifeFollower::begin_to_follow(std::size_t step, const SocketEntry& entry, bool is_settled) {
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    Followed candidate{.socket = i};
    if (is_taken(i, entry.cookie) || sockets_[i].protocol != entry.protocol) continue;
    const auto* now = settled(sockets_[i], step);
    if (is_settled && (now == nullptr || now->state != entry.state)) continue;
    if (!advance(candidate, step, entry)) continue;
    followed_.emplace(Key(entry.cookie, entry.local.port()), candidate);
    return true;
  }
  return false;
}

/// Goes on to the next moment that fits, if there is one up to `step`.
bool LifeFollower::advance(Followed& followed, std::size_t step, const SocketEntry& entry) {
  const auto& moments = sockets_[followed.socket].moments;
  for (std::size_t i = followed.moment; i < moments.size() && moments[i].step <= step; ++i) {
    if (!fits(moments[i], entry)) continue;
    followed.moment = i;
    followed.sights.push_back({step, entry});
    ports_.learn(moments[i].local.port(), entry.local.port());
    if (entry.remote.port() != 0) ports_.learn(moments[i].remote.port(), entry.remote.port());
    return true;
  }
  return false;
}

/// Of sockets that look alike it shows only later which is which: lets `one` and another entry
/// follow each other's, if all that was seen of both allows it.
bool LifeFollower::exchange(Followed& one, const Sight& now) {
  for (auto& [key, other] : followed_) {
    Followed mine{.socket = other.socket};
    Followed its{.socket = one.socket};
    if (!retrace(mine, one.sights) || !advance(mine, now.step, now.entry) ||
        !retrace(its, other.sights))
      continue;
    one = std::move(mine);
    other = std::move(its);
    return true;
  }
  return false;
}

bool LifeFollower::retrace(Followed& followed, const std::vector<Sight>& sights) {
  return std::ranges::all_of(
      sights, [&](const Sight& sight) { return advance(followed, sight.step, sight.entry); });
}

bool LifeFollower::fits(const Endpoint& predicted, const Endpoint& seen) const {
  const Endpoint one = predicted.unmapped();
  const Endpoint other = seen.unmapped();
  return ports_.may_be(predicted.port(), seen.port()) && one.host() == other.host();
}

/// What is being closed is in CLOSE for a moment before it leaves the table.
bool LifeFollower::fits(const PredictedSocket::Moment& moment, const SocketEntry& seen) const {
  const bool is_leaving = seen.state == TcpState::bound && !moment.state;
  return (moment.state == seen.state || is_leaving) && fits(moment.local, seen.local) &&
         (seen.remote.port() == 0 || fits(moment.remote, seen.remote));
}

bool LifeFollower::is_taken(std::size_t socket, std::uint64_t cookie) const {
  return std::ranges::any_of(followed_, [&](const auto& one) {
    return one.second.socket == socket && one.first.first != cookie;
  });
}

bool LifeFollower::is_shown(std::size_t socket, const Table& table) const {
  return std::ranges::any_of(table, [&](const SocketEntry& entry) {
    const auto known = followed_.find(Key(entry.cookie, entry.local.port()));
    return known != followed_.end() && known->second.socket == socket;
  });
}

}  // namespace timewait
