#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace timewait {

/// What an explanation can say: sentences, and the parts that sentences are made of.
enum class Phrase : std::uint8_t {
  // An entry of the table.
  a_listener,
  a_udp_socket,
  a_bound_socket,
  a_connection,
  an_entry,
  an_entry_left,
  // The options of the socket that has, or had, it.
  had_neither,
  had,
  without_options,
  with,
  both_options,
  either_option,
  // Who holds the port, and why that is in the way.
  held_by,
  overlaps_and,
  listen_repeats,
  one_user_only,
  no_help_against_listen,
  listener_lacks_reuseport,
  only_reuseport_helps,
  neither_set_one,
  new_one_lacks,
  new_one_alone,
  one_of_each,
  // What would have helped.
  bound_with_new,
  bound_with_new_or_later,
  bound_with_both,
  bound_with_both_or_later,
  bound_later,
  no_option_helps,
  // Why nothing is in the way.
  nothing_in_the_way,
  not_in_the_way,
  handshake_holds_no_port,
  does_not_overlap,
  on_different_devices,
  both_have_reuseaddr,
  both_have_reuseport,
  not_looked_at,
  time_wait_elsewhere,
  // Why nothing is left.
  nothing_else_holds,
  nothing_else_holds_since,
  udp_leaves_nothing,
  listener_leaves_nothing,
  closed_second,
  time_wait_taken_away,
  broken_off,
  never_connected,
  // The rest.
  free_when_gone,
  descriptor_refuses,
  no_rule_forbids,
  rule,      ///< what the rule with this name says
  verbatim,  ///< a text that is the same in all languages
};

inline constexpr std::size_t kPhraseCount = static_cast<std::size_t>(Phrase::verbatim) + 1;

struct PhraseRow {
  Phrase phrase;
  std::string_view id;       ///< "held_by": in records, and in the catalogues of other languages
  std::string_view english;  ///< {0}, {1}, ... are places for what it speaks of
};

/// Every phrase, in the order of the enumerators.
std::span<const PhraseRow> phrase_table();
const PhraseRow& row_of(Phrase phrase);
std::optional<Phrase> find_phrase(std::string_view id);

}  // namespace timewait
