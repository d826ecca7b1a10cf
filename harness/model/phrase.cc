#include "harness/model/phrase.h"

#include <algorithm>
#include <array>

namespace timewait {
namespace {

constexpr auto kRows = std::to_array<PhraseRow>({
    {Phrase::a_listener, "a_listener", "a listener"},
    {Phrase::a_udp_socket, "a_udp_socket", "a UDP socket"},
    {Phrase::a_bound_socket, "a_bound_socket", "a bound, idle socket"},
    {Phrase::a_connection, "a_connection", "a connection in {0}"},
    {Phrase::an_entry, "an_entry", "a {0} entry"},
    {Phrase::an_entry_left, "an_entry_left", "a {0} entry ({1} s left)"},
    {Phrase::had_neither, "had_neither", "whose socket had neither SO_REUSEADDR nor SO_REUSEPORT"},
    {Phrase::had, "had", "whose socket had {0}"},
    {Phrase::without_options, "without_options", "without SO_REUSEADDR and SO_REUSEPORT"},
    {Phrase::with, "with", "with {0}"},
    {Phrase::both_options, "both_options", "SO_REUSEADDR and SO_REUSEPORT"},
    {Phrase::either_option, "either_option", "SO_REUSEADDR or SO_REUSEPORT"},
    {Phrase::held_by, "held_by", "{0} is held by {1} {2}."},
    {Phrase::overlaps_and, "overlaps_and", "{0} overlaps with it, and {1}"},
    {Phrase::listen_repeats, "listen_repeats", "listen() repeats the test of bind(): {0}"},
    {Phrase::one_user_only, "one_user_only",
     "SO_REUSEPORT on both helps one user only, and the sockets belong to uid {0} and uid {1}."},
    {Phrase::no_help_against_listen, "no_help_against_listen",
     "SO_REUSEADDR on both does not help against LISTEN."},
    {Phrase::listener_lacks_reuseport, "listener_lacks_reuseport",
     "against LISTEN both sockets need SO_REUSEPORT, and it has not set it."},
    {Phrase::only_reuseport_helps, "only_reuseport_helps",
     "against LISTEN only SO_REUSEPORT on both sockets helps."},
    {Phrase::neither_set_one, "neither_set_one",
     "neither socket has set an option that both would need."},
    {Phrase::new_one_lacks, "new_one_lacks",
     "both sockets need {0}, and the new one has not set it."},
    {Phrase::new_one_alone, "new_one_alone",
     "both sockets need {0}, so setting it on the new one alone does not help."},
    {Phrase::one_of_each, "one_of_each", "the new one has {0}, and one of each is no pair."},
    {Phrase::bound_with_new, "bound_with_new",
     "with {0} on the new socket as well it would be bound."},
    {Phrase::bound_with_new_or_later, "bound_with_new_or_later",
     "with {0} on the new socket as well it would be bound, or without any option in {1} s, when "
     "the entry is gone."},
    {Phrase::bound_with_both, "bound_with_both",
     "with {0} on both from the beginning it would be bound."},
    {Phrase::bound_with_both_or_later, "bound_with_both_or_later",
     "with {0} on both from the beginning it would be bound, or without any option in {1} s, when "
     "the entry is gone."},
    {Phrase::bound_later, "bound_later",
     "it would be bound without any option in {0} s, when the entry is gone."},
    {Phrase::no_option_helps, "no_option_helps", "no option would help as long as it is there."},
    {Phrase::nothing_in_the_way, "nothing_in_the_way", "nothing is in the way."},
    {Phrase::not_in_the_way, "not_in_the_way", "{0} has {1}, which is not in the way: {2}."},
    {Phrase::handshake_holds_no_port, "handshake_holds_no_port",
     "a handshake that is not over holds no port"},
    {Phrase::does_not_overlap, "does_not_overlap", "{0} does not overlap with it"},
    {Phrase::on_different_devices, "on_different_devices",
     "the sockets are bound to different devices"},
    {Phrase::both_have_reuseaddr, "both_have_reuseaddr",
     "both sockets have SO_REUSEADDR and it does not listen"},
    {Phrase::both_have_reuseport, "both_have_reuseport", "both sockets have SO_REUSEPORT"},
    {Phrase::not_looked_at, "not_looked_at", "the kernel does not look at it"},
    {Phrase::time_wait_elsewhere, "time_wait_elsewhere",
     "the TIME_WAIT entry is at the other end, where its local port is another one."},
    {Phrase::nothing_else_holds, "nothing_else_holds", "nothing else holds {0} port {1}."},
    {Phrase::nothing_else_holds_since, "nothing_else_holds_since",
     "nothing else holds {0} port {1}: {2}."},
    {Phrase::udp_leaves_nothing, "udp_leaves_nothing", "UDP sockets leave nothing behind"},
    {Phrase::listener_leaves_nothing, "listener_leaves_nothing",
     "nobody was connected, and a listener leaves nothing behind"},
    {Phrase::closed_second, "closed_second",
     "this end closed second, and that leaves nothing behind"},
    {Phrase::time_wait_taken_away, "time_wait_taken_away",
     "its TIME_WAIT entry has been taken away"},
    {Phrase::broken_off, "broken_off",
     "its connection was broken off, and that leaves nothing behind"},
    {Phrase::never_connected, "never_connected", "it was never connected"},
    {Phrase::free_when_gone, "free_when_gone",
     "the port is free when the entry that holds it is gone, after {0} s."},
    {Phrase::descriptor_refuses, "descriptor_refuses",
     "{0}() answers {1} to a descriptor in this state."},
    {Phrase::no_rule_forbids, "no_rule_forbids", "no rule forbids it."},
    {Phrase::rule, "rule", "{0}"},
    {Phrase::verbatim, "verbatim", "{0}"},
});

static_assert(kRows.size() == kPhraseCount);

}  // namespace

std::span<const PhraseRow> phrase_table() { return kRows; }

const PhraseRow& row_of(Phrase phrase) { return kRows[static_cast<std::size_t>(phrase)]; }

std::optional<Phrase> find_phrase(std::string_view id) {
  const auto* found = std::ranges::find(kRows, id, &PhraseRow::id);
  return found == kRows.end() ? std::nullopt : std::optional(found->phrase);
}

}  // namespace timewait
