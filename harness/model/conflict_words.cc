#include "harness/model/conflict_words.h"

#include "harness/model/address_rule.h"

namespace timewait {
namespace {

bool has_none(const ModelEntry& entry) { return !entry.reuseaddr && !entry.reuseport; }

Saying::Argument one_option(const ModelEntry& entry) {
  return entry.reuseaddr ? "SO_REUSEADDR" : "SO_REUSEPORT";
}

Saying::Argument options_of(const ModelEntry& entry) {
  if (entry.reuseaddr && entry.reuseport) return Saying{.phrase = Phrase::both_options};
  return one_option(entry);
}

/// "whose socket had neither SO_REUSEADDR nor SO_REUSEPORT"; a mini-socket has its options from the
/// socket that it was.
Saying with_options(const ModelEntry& entry) {
  if (has_none(entry))
    return {.phrase = entry.is_mini ? Phrase::had_neither : Phrase::without_options};
  return {.phrase = entry.is_mini ? Phrase::had : Phrase::with, .arguments = {options_of(entry)}};
}

/// Which options would keep the two out of each other's way, by what `entry` has set.
Saying::Argument wanted_by(const ModelEntry& entry) {
  if (entry.reuseaddr && entry.reuseport) return Saying{.phrase = Phrase::either_option};
  return one_option(entry);
}

/// What the options lack where neither of the two is on both sockets.
Saying options_sentence(const ModelEntry& old, const ModelEntry& asks) {
  // Against a listener only one of the two options helps.
  if (old.state == TcpState::listen && old.protocol == Protocol::tcp)
    return {.phrase =
                asks.reuseport ? Phrase::listener_lacks_reuseport : Phrase::only_reuseport_helps};
  if (has_none(asks) && has_none(old)) return {.phrase = Phrase::neither_set_one};
  if (has_none(asks)) return {.phrase = Phrase::new_one_lacks, .arguments = {wanted_by(old)}};
  return {.phrase = has_none(old) ? Phrase::new_one_alone : Phrase::one_of_each,
          .arguments = {wanted_by(asks)}};
}

Saying clause_about_options(const Conflict& conflict) {
  const ModelEntry& old = conflict.entry;
  const ModelEntry& asks = conflict.asks;
  if (conflict.rule == Rule::reuseport_needs_one_owner)
    return {.phrase = Phrase::one_user_only,
            .arguments = {std::to_string(old.uid), std::to_string(asks.uid)}};
  if (conflict.rule == Rule::listener_does_not_share)
    return {.phrase = Phrase::no_help_against_listen};
  return options_sentence(old, asks);
}

}  // namespace

Saying words_for(const ModelEntry& entry) {
  if (entry.state == TcpState::listen) return {.phrase = Phrase::a_listener};
  if (entry.protocol == Protocol::udp) return {.phrase = Phrase::a_udp_socket};
  if (entry.state == TcpState::bound) return {.phrase = Phrase::a_bound_socket};
  const std::string state(kTcpStates.name(entry.state));
  if (!entry.is_mini) return {.phrase = Phrase::a_connection, .arguments = {state}};
  if (!entry.left) return {.phrase = Phrase::an_entry, .arguments = {state}};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*entry.left).count();
  return {.phrase = Phrase::an_entry_left, .arguments = {state, std::to_string(seconds)}};
}

Saying holder_sentence(const Conflict& conflict) {
  const ModelEntry& entry = conflict.entry;
  return {.phrase = Phrase::held_by,
          .arguments = {entry.local.text(), words_for(entry), with_options(entry)}};
}

Saying clause_sentence(const Conflict& conflict) {
  const ModelEntry& old = conflict.entry;
  const ModelEntry& asks = conflict.asks;
  if (conflict.rule == Rule::one_connection_per_tuple ||
      conflict.rule == Rule::chosen_port_is_not_shared ||
      conflict.rule == Rule::autobind_reuse_refuses_reuseport ||
      conflict.rule == Rule::selector_closes_the_group)
    return saying_of(conflict.rule);
  const bool has_pair = (old.reuseport && asks.reuseport) || (old.reuseaddr && asks.reuseaddr);
  if (conflict.rule == Rule::port_is_taken && has_pair)
    return saying_of(Rule::chosen_port_is_not_shared);
  Saying clause = clause_about_options(conflict);
  if (is_same_address(asks.local, old.local)) return clause;
  return {.phrase = Phrase::overlaps_and, .arguments = {asks.local.host(), std::move(clause)}};
}

Saying why_not_in_the_way(const ModelEntry& entry, const ModelEntry& asks) {
  if (entry.state == TcpState::syn_recv && !entry.is_held)
    return {.phrase = Phrase::handshake_holds_no_port};
  RuleBook rules;
  if (!is_in_the_way(rules, {.at = asks.local, .v6only = asks.v6only},
                     {.at = entry.local, .v6only = entry.v6only}))
    return {.phrase = Phrase::does_not_overlap, .arguments = {asks.local.host()}};
  if (!entry.device.empty() && !asks.device.empty() && entry.device != asks.device)
    return {.phrase = Phrase::on_different_devices};
  if (entry.reuseaddr && asks.reuseaddr && entry.state != TcpState::listen)
    return {.phrase = Phrase::both_have_reuseaddr};
  if (entry.reuseport && asks.reuseport) return {.phrase = Phrase::both_have_reuseport};
  return {.phrase = Phrase::not_looked_at};
}

}  // namespace timewait
