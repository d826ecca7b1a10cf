#include "harness/model/sharing.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace timewait {
namespace {

/// Decides about one pair: who asks for the port, and one who has it.
class Pair {
 public:
  Pair(World& world, const ModelSocket& asks, const ModelSocket& has, const Sharing& sharing)
      : world_(world), asks_(asks), has_(has), sharing_(sharing) {}

  /// Whether the two may have the same port though their addresses overlap.
  bool may_share() {
    const int device = asks_.options[Option::device];
    const int other_device = has_.options[Option::device];
    if (world_.decides(Rule::different_devices,
                       device != 0 && other_device != 0 && device != other_device))
      return true;
    if (shares_address() && world_.decides(Rule::both_reuseaddr)) return !is_choice_refused();
    return shares_port();
  }

  /// The rule that was in the way.
  Rule rule() const { return rule_; }

 private:
  bool has_both(Option option) const {
    return asks_.options.is_set(option) && has_.options.is_set(option);
  }

  bool refuses(Rule rule, bool condition = true) {
    if (!world_.decides(rule, condition)) return false;
    rule_ = rule;
    return true;
  }

  bool shares_address() {
    return has_both(Option::reuseaddr) &&
           !refuses(Rule::listener_does_not_share, has_.state == TcpState::listen);
  }

  /// A port that the kernel chooses is not shared by SO_REUSEADDR.
  bool is_choice_refused() {
    if (!sharing_.reuseaddr) return refuses(Rule::chosen_port_is_not_shared);
    return !sharing_.reuseport && has_both(Option::reuseport) && !asks_.has_selector &&
           is_owner_the_same() && refuses(Rule::autobind_reuse_refuses_reuseport);
  }

  bool is_owner_the_same() {
    if (owner() == asks_.uid) return true;
    return world_.decides(Rule::time_wait_has_no_owner, has_.is_mini()) ||
           !refuses(Rule::reuseport_needs_one_owner);
  }

  int owner() const {
    return has_.is_orphan() && has_.is_stream() && !world_.traits.orphans_keep_uid ? 0 : has_.uid;
  }

  bool shares_port() {
    if (!has_both(Option::reuseport) || !sharing_.reuseport) return false;
    if (refuses(Rule::selector_closes_the_group, asks_.has_selector)) return false;
    return is_owner_the_same() && world_.decides(Rule::both_reuseport);
  }

  World& world_;
  const ModelSocket& asks_;
  const ModelSocket& has_;
  const Sharing& sharing_;
  Rule rule_ = Rule::port_is_taken;
};

bool has_port(const ModelSocket& socket, const ModelSocket& asks, std::uint16_t port) {
  return !socket.is_gone && socket.port == port && socket.network == asks.network &&
         socket.is_stream() == asks.is_stream() && &socket != &asks;
}

std::optional<Conflict> conflict_between(World& world, const ModelSocket& asks,
                                         const ModelSocket& has, Rule rule) {
  if (!world.decides(Rule::port_is_taken)) return std::nullopt;
  return Conflict{.entry = world.entry_of(has), .asks = world.entry_of(asks), .rule = rule};
}

std::optional<Conflict> find_tcp_conflict(World& world, const ModelSocket& asks, std::uint16_t port,
                                          const Sharing& sharing) {
  const LocalAddress asked = asks.local_address();
  for (const ModelSocket& has : world.sockets) {
    if (!has_port(has, asks, port)) continue;
    if (!is_in_the_way(world.rules, asked, has.local_address())) continue;
    Pair pair(world, asks, has, sharing);
    if (pair.may_share()) continue;
    if (auto conflict = conflict_between(world, asks, has, pair.rule())) return conflict;
  }
  return std::nullopt;
}

/// Who has a UDP port, in the order in which the kernel asks them.
std::vector<const ModelSocket*> in_chain_order(const World& world, const ModelSocket& asks,
                                               std::uint16_t port) {
  std::vector<const ModelSocket*> chain;
  for (const ModelSocket& has : world.sockets)
    if (has_port(has, asks, port)) chain.push_back(&has);
  std::ranges::sort(chain, std::greater(), &ModelSocket::chain_place);
  return chain;
}

/// UDP asks the newest first, and the first with whom SO_REUSEPORT agrees ends the search.
std::optional<Conflict> find_udp_conflict(World& world, const ModelSocket& asks, std::uint16_t port,
                                          const Sharing& sharing) {
  const LocalAddress asked = asks.local_address();
  for (const ModelSocket* has : in_chain_order(world, asks, port)) {
    if (!is_in_the_way(world.rules, asked, has->local_address())) continue;
    Pair pair(world, asks, *has, sharing);
    if (!pair.may_share()) {
      if (auto conflict = conflict_between(world, asks, *has, pair.rule())) return conflict;
      continue;
    }
    const bool both_reuseaddr =
        asks.options.is_set(Option::reuseaddr) && has->options.is_set(Option::reuseaddr);
    const bool both_reuseport =
        asks.options.is_set(Option::reuseport) && has->options.is_set(Option::reuseport);
    if (world.decides(Rule::udp_asks_the_newest, !both_reuseaddr && both_reuseport)) break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Conflict> find_conflict(World& world, const ModelSocket& asks, std::uint16_t port,
                                      const Sharing& sharing) {
  return asks.is_stream() ? find_tcp_conflict(world, asks, port, sharing)
                          : find_udp_conflict(world, asks, port, sharing);
}

}  // namespace timewait
