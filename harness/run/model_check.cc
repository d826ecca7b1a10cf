#include "harness/run/model_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace timewait {
namespace {

/// How far the model's time may be from the script's: the model tries every 25 ms.
constexpr std::chrono::milliseconds kTolerance{100};

// Where the kernel chooses, it chooses from here (net.ipv4.ip_local_port_range).
constexpr int kFirstChosenPort = 32768;
constexpr int kLastChosenPort = 60999;

/// Which port of the kernel's choice stands for which one of the model's. Ports that a script names
/// are the same on both sides, and stand for themselves once they were seen.
class PortPairs {
 public:
  bool may_be(std::uint16_t predicted, std::uint16_t seen) const {
    const auto known = seen_for_.find(predicted);
    if (known != seen_for_.end()) return known->second == seen;
    return !taken_.contains(seen) &&
           (predicted == seen || (is_choosable(predicted) && is_choosable(seen)));
  }

  void learn(std::uint16_t predicted, std::uint16_t seen) {
    seen_for_.emplace(predicted, seen);
    taken_.insert(seen);
  }

 private:
  static bool is_choosable(std::uint16_t port) {
    return port >= kFirstChosenPort && port <= kLastChosenPort;
  }

  std::map<std::uint16_t, std::uint16_t> seen_for_;
  std::set<std::uint16_t> taken_;
};

/// States of a handshake last for microseconds, and a request is no socket yet: seen while its
/// socket is being made, it may have another cookie than that will have (inet_csk_clone_lock()
/// copies what is there, and a look gives one where there was none). And what holds no port is on
/// its way out of the table.
bool is_passing(const SocketEntry& entry) {
  return entry.state == TcpState::syn_sent || entry.state == TcpState::syn_recv ||
         entry.local.port() == 0;
}

/// Follows each entry of a record through the life that the model predicted for it.
class Follower {
 public:
  explicit Follower(const std::vector<PredictedSocket>& sockets) : sockets_(sockets) {}

  /// What `table`, seen at the end of a step, shows that the model does not have by then.
  std::optional<std::string> follow(std::size_t step, const Table& table) {
    for (const SocketEntry& entry : table)
      if (!is_passing(entry) && !is_on_the_way(step, entry))
        return fmt::format("{} {} -> {} is {}, which the model does not have there",
                           kProtocols.name(entry.protocol), entry.local.text(), entry.remote.text(),
                           kTcpStates.name(entry.state));
    return std::nullopt;
  }

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

  bool is_on_the_way(std::size_t step, const SocketEntry& entry) {
    const auto known = followed_.find(Key(entry.cookie, entry.local.port()));
    if (known != followed_.end())
      return advance(known->second, step, entry) || exchange(known->second, {step, entry});
    // Rather one that has just this state by now than one that had it on its way.
    return begin_to_follow(step, entry, true) || begin_to_follow(step, entry, false);
  }

  bool begin_to_follow(std::size_t step, const SocketEntry& entry, bool settled) {
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
      Followed candidate{.socket = i};
      if (is_taken(i, entry.cookie) || sockets_[i].protocol != entry.protocol) continue;
      if (settled && settled_state(sockets_[i], step) != entry.state) continue;
      if (!advance(candidate, step, entry)) continue;
      followed_.emplace(Key(entry.cookie, entry.local.port()), candidate);
      return true;
    }
    return false;
  }

  /// Of sockets that look alike it shows only later which is which: lets `one` and another entry
  /// follow each other's, if all that was seen of both allows it.
  bool exchange(Followed& one, const Sight& now) {
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

  bool retrace(Followed& followed, const std::vector<Sight>& sights) {
    return std::ranges::all_of(
        sights, [&](const Sight& sight) { return advance(followed, sight.step, sight.entry); });
  }

  /// The state of a socket when all that happens by the end of a step has happened.
  static std::optional<TcpState> settled_state(const PredictedSocket& socket, std::size_t step) {
    std::optional<TcpState> state;
    for (const auto& moment : socket.moments)
      if (moment.step <= step) state = moment.state;
    return state;
  }

  bool fits(const Endpoint& predicted, const Endpoint& seen) const {
    const Endpoint one = predicted.unmapped();
    const Endpoint other = seen.unmapped();
    return ports_.may_be(predicted.port(), seen.port()) && one.host() == other.host();
  }

  /// What is being closed is in CLOSE for a moment before it leaves the table.
  bool fits(const PredictedSocket::Moment& moment, const SocketEntry& seen) const {
    const bool is_leaving = seen.state == TcpState::bound && !moment.state;
    return (moment.state == seen.state || is_leaving) && fits(moment.local, seen.local) &&
           (seen.remote.port() == 0 || fits(moment.remote, seen.remote));
  }

  bool is_taken(std::size_t socket, std::uint64_t cookie) const {
    return std::ranges::any_of(followed_, [&](const auto& one) {
      return one.second.socket == socket && one.first.first != cookie;
    });
  }

  /// Goes on to the next moment that fits, if there is one up to `step`.
  bool advance(Followed& followed, std::size_t step, const SocketEntry& entry) {
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

  const std::vector<PredictedSocket>& sockets_;
  PortPairs ports_;
  std::map<Key, Followed> followed_;
};

std::optional<std::string> disagreement_of_states(const Record& record) {
  if (record.steps.empty()) return std::nullopt;
  Follower follower(record.predicted->sockets);
  const std::size_t last = record.steps.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    const auto& table = record.steps[i].table;
    if (!table) continue;
    if (const auto what = follower.follow(i, *table))
      return fmt::format("after \"{}\" {}", record.steps[i].text, *what);
  }
  // Without evidence these two looks are all there is.
  if (last > 0)
    if (const auto what = follower.follow(last - 1, record.table_before))
      return fmt::format("before the attempt {}", *what);
  if (const auto what = follower.follow(last, record.table_after))
    return fmt::format("after the attempt {}", *what);
  return std::nullopt;
}

std::optional<std::string> disagreement_of_time(const Record& record) {
  if (!record.repetition) return std::nullopt;
  if (!record.predicted->bound_after) {
    if (!record.repetition->at_most) return std::nullopt;
    return "it does not say when the port is free";
  }
  const auto predicted = *record.predicted->bound_after;
  const auto difference = predicted - record.repetition->at_least;
  if (std::chrono::abs(difference) <= kTolerance) return std::nullopt;
  return fmt::format("it predicts bound after {:.2f} s, the script says {}",
                     std::chrono::duration<double>(predicted).count(),
                     span_text(*record.repetition));
}

}  // namespace

std::optional<std::string> model_disagreement(const Record& record) {
  if (!record.predicted) return std::nullopt;
  const PredictionRecord& predicted = *record.predicted;
  if (!predicted.outcome)
    return predicted.trouble.empty() ? "it predicts nothing" : predicted.trouble;
  if (predicted.outcome != record.outcome)
    return fmt::format("it predicts {}, the kernel gave {}. {}", predicted.outcome->text(),
                       record.outcome->text(), text(predicted.why, Language::en));
  if (auto what = disagreement_of_time(record)) return what;
  return disagreement_of_states(record);
}

}  // namespace timewait
