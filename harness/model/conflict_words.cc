#include "harness/model/conflict_words.h"

#include <fmt/format.h>

#include "harness/model/address_rule.h"

namespace timewait {
namespace {

std::string options_of(const ModelEntry& entry) {
  if (entry.reuseaddr && entry.reuseport) return "SO_REUSEADDR and SO_REUSEPORT";
  if (entry.reuseaddr) return "SO_REUSEADDR";
  return entry.reuseport ? "SO_REUSEPORT" : "";
}

/// ", whose socket had no SO_REUSEADDR and no SO_REUSEPORT"; a mini-socket has its options from the
/// socket that it was.
std::string with_options(const ModelEntry& entry) {
  const std::string options = options_of(entry);
  if (entry.is_mini)
    return options.empty() ? " whose socket had neither SO_REUSEADDR nor SO_REUSEPORT"
                           : " whose socket had " + options;
  return options.empty() ? " without SO_REUSEADDR and SO_REUSEPORT" : " with " + options;
}

/// Which options would keep the two out of each other's way, by what `entry` has set.
std::string wanted_by(const ModelEntry& entry) {
  return entry.reuseaddr && entry.reuseport ? "SO_REUSEADDR or SO_REUSEPORT" : options_of(entry);
}

/// Against a listener only one of the two options helps.
std::string listener_sentence(const ModelEntry& asks) {
  if (asks.reuseport)
    return "against LISTEN both sockets need SO_REUSEPORT, and it has not set it.";
  return "against LISTEN only SO_REUSEPORT on both sockets helps.";
}

/// What the options lack where neither of the two is on both sockets.
std::string options_sentence(const ModelEntry& old, const ModelEntry& asks) {
  if (old.state == TcpState::listen && old.protocol == Protocol::tcp)
    return listener_sentence(asks);
  const std::string wanted = wanted_by(asks);
  const std::string had = wanted_by(old);
  if (wanted.empty() && had.empty())
    return "neither socket has set an option that both would need.";
  if (wanted.empty())
    return fmt::format("both sockets need {}, and the new one has not set it.", had);
  if (had.empty())
    return fmt::format("both sockets need {}, so setting it on the new one alone does not help.",
                       wanted);
  return fmt::format("the new one has {}, and one of each is no pair.", wanted);
}

std::string says(Rule rule) { return std::string(row_of(rule).says); }

}  // namespace

std::string words_for(const ModelEntry& entry) {
  if (entry.state == TcpState::listen) return "a listener";
  if (entry.protocol == Protocol::udp) return "a UDP socket";
  if (entry.state == TcpState::bound) return "a bound, idle socket";
  const std::string_view state = kTcpStates.name(entry.state);
  if (!entry.is_mini) return fmt::format("a connection in {}", state);
  if (!entry.left) return fmt::format("a {} entry", state);
  return fmt::format("a {} entry ({} s left)", state,
                     std::chrono::ceil<std::chrono::seconds>(*entry.left).count());
}

std::string holder_sentence(const Conflict& conflict) {
  const ModelEntry& entry = conflict.entry;
  return fmt::format("{} is held by {}{}.", entry.local.text(), words_for(entry),
                     with_options(entry));
}

std::string clause_sentence(const Conflict& conflict) {
  const ModelEntry& old = conflict.entry;
  const ModelEntry& asks = conflict.asks;
  if (conflict.rule == Rule::one_connection_per_tuple ||
      conflict.rule == Rule::chosen_port_is_not_shared ||
      conflict.rule == Rule::autobind_reuse_refuses_reuseport ||
      conflict.rule == Rule::selector_closes_the_group)
    return says(conflict.rule);
  const bool has_pair = (old.reuseport && asks.reuseport) || (old.reuseaddr && asks.reuseaddr);
  if (conflict.rule == Rule::port_is_taken && has_pair)
    return says(Rule::chosen_port_is_not_shared);
  const std::string where = is_same_address(asks.local, old.local)
                                ? ""
                                : fmt::format("{} overlaps with it, and ", asks.local.host());
  if (conflict.rule == Rule::reuseport_needs_one_owner)
    return where + fmt::format(
                       "SO_REUSEPORT on both helps one user only, and the sockets belong "
                       "to uid {} and uid {}.",
                       old.uid, asks.uid);
  if (conflict.rule == Rule::listener_does_not_share)
    return where + "SO_REUSEADDR on both does not help against LISTEN.";
  return where + options_sentence(old, asks);
}

std::string why_not_in_the_way(const ModelEntry& entry, const ModelEntry& asks) {
  if (entry.state == TcpState::syn_recv && !entry.is_held)
    return "a handshake that is not over holds no port";
  RuleBook rules;
  if (!is_in_the_way(rules, {.at = asks.local, .v6only = asks.v6only},
                     {.at = entry.local, .v6only = entry.v6only}))
    return fmt::format("{} does not overlap with it", asks.local.host());
  if (!entry.device.empty() && !asks.device.empty() && entry.device != asks.device)
    return "the sockets are bound to different devices";
  if (entry.reuseaddr && asks.reuseaddr && entry.state != TcpState::listen)
    return "both sockets have SO_REUSEADDR and it does not listen";
  if (entry.reuseport && asks.reuseport) return "both sockets have SO_REUSEPORT";
  return "the kernel does not look at it";
}

}  // namespace timewait
